// The client of the admin API: sends a request, and gives the answer or throws the refusal. It follows no redirect,
// because that would send the token to another server.

import { errorText, VcrError } from "../base/errors.js";
import { printable } from "../text/printable.js";

/** Where the API is, and the token for it. */
export interface AdminAddress {
  readonly url: URL;
  readonly token: string | undefined;
  /** Replaces the hints of refusals; without it they are those of the API, for HTTP clients. */
  readonly hintOf?: HintOf;
}

/** Gives the hint to show, from the code of a refusal and the hint of the API. */
export type HintOf = (code: string, hint: string) => string;

/** A request. */
export interface AdminRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
  /** The text of a rule file, as the body. */
  readonly rules?: string;
  /** Statuses that count as an answer, besides 2xx. */
  readonly answers?: readonly number[];
}

/** A JSON answer. */
export interface AdminAnswer {
  readonly status: number;
  readonly value: unknown;
}

interface Problem {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly mend?: unknown;
  readonly issues?: readonly { readonly where?: string; readonly message?: string }[];
}

const maxLength = 2000;

const refusal = (status: number, problem: Problem, hintOf: HintOf = (_, hint) => hint): VcrError => {
  const { code, message, mend: hint, issues = [] } = problem;
  const lines = issues.map((issue) => `\n  ${printable(`${issue.where}: ${issue.message}`, maxLength)}`);
  const words = typeof message === "string" ? printable(message, maxLength) : `status ${status}`;
  const shownHint = typeof hint === "string" ? printable(hintOf(String(code), hint), maxLength) : "";
  return new VcrError("ADMIN_REFUSED", `the admin API refused: ${words}${lines.join("")}`, shownHint);
};

const unreachable = (url: URL, error: unknown): VcrError => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new VcrError(
    "ADMIN_UNREACHABLE",
    `no admin API answers at ${url.origin}: ${errorText(cause)}`,
    "Start record with --admin, and give ctl the same address with --admin.",
    error,
  );
};

/** Calls the admin API of a running program. */
export class AdminClient {
  private readonly address: AdminAddress;

  constructor(address: AdminAddress) {
    this.address = address;
  }

  /** Gives an answer in JSON. Throws VcrError ADMIN_REFUSED or ADMIN_UNREACHABLE. */
  async ask(request: AdminRequest): Promise<AdminAnswer> {
    const response = await this.send(request);
    return { status: response.status, value: await this.jsonOf(response) };
  }

  /** Gives an answer in text, as it comes. Throws VcrError ADMIN_REFUSED or ADMIN_UNREACHABLE. */
  async *stream(request: AdminRequest): AsyncGenerator<string> {
    const response = await this.send(request);
    const decoder = new TextDecoder();
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>)
        yield decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw unreachable(this.address.url, error);
    }
  }

  private async jsonOf(response: Response): Promise<unknown> {
    const { url } = this.address;
    const text = await response.text().catch((error: unknown) => {
      throw unreachable(url, error);
    });
    try {
      return JSON.parse(text);
    } catch {
      throw new VcrError(
        "ADMIN_UNREACHABLE",
        `the server at ${url.origin} is not an admin API of ocpp-vcr`,
        "Use the address that record --admin printed.",
      );
    }
  }

  private async send({ method, path, query, json, rules, answers = [] }: AdminRequest): Promise<Response> {
    const url = new URL(path, this.address.url);
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value);
    const { token } = this.address;
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    if (json !== undefined) headers["Content-Type"] = "application/json";
    if (rules !== undefined) headers["Content-Type"] = "application/yaml";
    const body = json === undefined ? rules : JSON.stringify(json);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        redirect: "error",
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      throw unreachable(url, error);
    }
    if (response.ok || answers.includes(response.status)) return response;
    throw refusal(response.status, (await this.jsonOf(response)) as Problem, this.address.hintOf);
  }
}
