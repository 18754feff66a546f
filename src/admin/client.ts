// The client of the admin API: one request, its answer or what it refused, in the words of this program. Follows no
// redirect, for the token would go along.

import { errorText, VcrError } from "../base/errors.js";
import { printable } from "../text/printable.js";

/** Where the API is, and the token for it. */
export interface AdminAddress {
  readonly url: URL;
  readonly token: string | undefined;
}

/** What is asked. */
export interface AdminRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
  /** A rule file's text. */
  readonly rules?: string;
  /** Further statuses that are answers and no refusals. */
  readonly takes?: readonly number[];
}

/** A JSON answer. */
export interface AdminAnswer {
  readonly status: number;
  readonly value: unknown;
}

interface Problem {
  readonly message?: unknown;
  readonly mend?: unknown;
  readonly issues?: readonly { readonly where?: string; readonly message?: string }[];
}

const longest = 2000;

const refusal = (status: number, problem: Problem): VcrError => {
  const { message, mend, issues = [] } = problem;
  const lines = issues.map((issue) => `\n  ${printable(`${issue.where}: ${issue.message}`, longest)}`);
  const words = typeof message === "string" ? printable(message, longest) : `status ${status}`;
  const hint = typeof mend === "string" ? printable(mend, longest) : "";
  return new VcrError("ADMIN_REFUSED", `the admin API refused: ${words}${lines.join("")}`, hint);
};

const unreachable = (url: URL, error: unknown): VcrError => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new VcrError(
    "ADMIN_UNREACHABLE",
    `no admin API answers at ${url.origin}: ${errorText(cause)}`,
    "Start record with --admin, and give its address with --admin here.",
    error,
  );
};

/** Speaks to the admin API of a running program. */
export class AdminClient {
  private readonly address: AdminAddress;

  constructor(address: AdminAddress) {
    this.address = address;
  }

  /** Asks; throws VcrError ADMIN_REFUSED or ADMIN_UNREACHABLE. */
  async ask(request: AdminRequest): Promise<AdminAnswer> {
    const response = await this.send(request);
    const text = await this.textOf(response);
    try {
      return { status: response.status, value: JSON.parse(text) as unknown };
    } catch {
      throw this.foreign();
    }
  }

  /** Asks for text as it comes. */
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

  private async textOf(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw unreachable(this.address.url, error);
    }
  }

  private async send({ method, path, query, json, rules, takes = [] }: AdminRequest): Promise<Response> {
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
    if (response.ok || takes.includes(response.status)) return response;
    const text = await this.textOf(response);
    let problem: Problem = {};
    try {
      problem = JSON.parse(text) as Problem;
    } catch {
      throw this.foreign();
    }
    throw refusal(response.status, problem);
  }

  private foreign(): VcrError {
    return new VcrError(
      "ADMIN_UNREACHABLE",
      `what answers at ${this.address.url.origin} is no admin API`,
      "Give the address that record printed with --admin.",
    );
  }
}
