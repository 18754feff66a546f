// The declaration of an address of the admin API. From one declaration come the router, the reading of query and body,
// the OpenAPI document and the table of docs/reference/admin.md.

import type { ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import type { BodyContent, RawBody } from "./body.js";
import { type Parameter, type Parameters, type QueryValues, readQuery } from "./parameters.js";
import type { ProblemCode } from "./problem.js";
import { type JsonShape, text } from "./shape.js";

/** What the server sends. */
export type Reply =
  | { readonly kind: "json"; readonly status: number; readonly value: unknown }
  | { readonly kind: "text"; readonly type: string; readonly text: string }
  | { readonly kind: "lines"; readonly lines: AsyncIterable<string> }
  /** The handler has sent the answer itself. */
  | { readonly kind: "sent" };

/** The answer of a route: its status, content type and shape, and how a handler's result becomes it. */
export interface Answer<Result> {
  readonly status: number;
  readonly type: string;
  readonly shape: JsonShape<unknown>;
  readonly reply: (result: Result) => Reply;
}

/** An answer in JSON. */
export function json<T>(shape: JsonShape<T>, status = 200): Answer<T> {
  const reply = (value: T): Reply => ({ kind: "json", status, value });
  return { status, type: "application/json", shape, reply };
}

const inText = <T>(type: string, reply: Answer<T>["reply"]): Answer<T> => ({
  ...{ status: 200, type, shape: text(), reply },
});

/** An answer in lines of JSON. */
export const ndjson: Answer<AsyncIterable<string>> = inText("application/x-ndjson", (lines) => ({
  kind: "lines",
  lines,
}));

/** An answer in plain text, with its full content type. */
export const plainText: Answer<{ readonly type: string; readonly text: string }> = inText(
  "text/plain",
  (sent) => ({ kind: "text", ...sent }),
);

/** An answer of Server-Sent Events, which the handler sends itself. */
export const serverSentEvents: Answer<void> = inText("text/event-stream", () => ({ kind: "sent" }));

/** The names in braces of an address. */
type PathNames<Address extends string> = Address extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;

/** A request as its handler gets it: path, query and body are read. */
export interface Call<Run, Path, Query, Body> {
  /** What the API works on. */
  readonly run: Run;
  readonly response: ServerResponse;
  /** Who asks, in words for the cassette: `the admin API (ADDRESS)`. */
  readonly by: string;
  /** The values of the names in braces, percent-decoded. */
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** A request whose address was found. Its body is read only if the route takes one; that throws AdminProblem. */
export type ArrivedRequest<Run> = Call<
  Run,
  Readonly<Record<string, string>>,
  URLSearchParams,
  (content: Pick<BodyContent<unknown>, "content">) => Promise<RawBody>
>;

/** What a handler returns when the time of a wait is over: the value of the answer with status 408. */
export class TimedOut<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** The part of a declaration that does not depend on the types of its values. */
interface RouteFacts {
  /** What it does: the summary of the OpenAPI document. */
  readonly summary: string;
  /** More about it, for the reference page alone. */
  readonly details?: string;
  /** The `ctl` command that calls it. */
  readonly ctl?: string;
  /** Answered without the token. */
  readonly isOpen?: boolean;
  /** Refusals beside those that every address has. */
  readonly refusals?: readonly ProblemCode[];
  /** The answer with status 408 of an address that waits. */
  readonly timedOut?: { readonly description: string; readonly shape: JsonShape<unknown> };
}

/** The declaration of an address. */
export interface Declaration<Run, Address extends string, Query, Body, Result> extends RouteFacts {
  readonly query?: Parameters<Query>;
  readonly body?: BodyContent<Body>;
  readonly answer: Answer<Result>;
  readonly handle: (
    call: Call<Run, { readonly [Name in PathNames<Address>]: string }, QueryValues<Query>, Body>,
  ) => Result | TimedOut<unknown> | Promise<Result | TimedOut<unknown>>;
  /** Checks a WebSocket that asks for this address, and gives what takes it once it is open. */
  readonly socket?: (run: Run, query: QueryValues<Query>) => (socket: WebSocket) => void;
}

/** An address of the API, ready to be served. */
export interface Route<Run> extends RouteFacts {
  readonly method: string;
  readonly path: string;
  /** Matches paths of requests; its groups are the names in braces. */
  readonly pattern: RegExp;
  /** The operationId of the OpenAPI document. */
  readonly id: string;
  readonly query: Readonly<Record<string, Parameter<unknown>>>;
  readonly body: Pick<BodyContent<unknown>, "content"> | undefined;
  readonly answer: Pick<Answer<unknown>, "status" | "type" | "shape">;
  /** Reads a request and answers it. Throws AdminProblem. */
  readonly serve: (arrived: ArrivedRequest<Run>) => Promise<Reply>;
  /** As `socket` of the declaration; undefined if no WebSocket can be opened here. */
  readonly openSocket: ((run: Run, query: URLSearchParams) => (socket: WebSocket) => void) | undefined;
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);

/** Makes the route of an address (`GET /v1/rules/{id}`) from its declaration. */
export function makeRoute<Run, const Address extends string, Query, Body, Result>(
  address: Address,
  id: string,
  declared: Declaration<Run, Address, Query, Body, Result>,
): Route<Run> {
  const { query = {} as Parameters<Query>, body, answer, handle, socket, ...facts } = declared;
  const [method = "", path = ""] = address.split(" ");
  return {
    ...facts,
    ...{ method, path, pattern: patternOf(path), id, body, answer },
    query: query as Route<Run>["query"],
    serve: async (arrived) => {
      const result = await handle({
        ...arrived,
        path: arrived.path as { readonly [Name in PathNames<Address>]: string },
        query: readQuery(query, arrived.query),
        body: body?.read(await arrived.body(body)) as Body,
      });
      const isLate = result instanceof TimedOut;
      return isLate ? { kind: "json", status: 408, value: result.value } : answer.reply(result);
    },
    openSocket: socket && ((run, words) => socket(run, readQuery(query, words))),
  };
}
