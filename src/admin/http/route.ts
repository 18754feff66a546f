// The addresses of the admin API: a method, a path with places in braces, what body it takes, and who answers. The table
// of them is also what the OpenAPI document is held against.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Body, BodyKind } from "./body.js";
import { AdminProblem, badValue } from "./problem.js";

/** A method that the API knows. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request on its way to its handler. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What stands in the places of the path, percent-decoded. */
  readonly places: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Who asks, for the cassette: the caller's address. */
  readonly by: string;
}

/** What a handler answers. */
export type Reply =
  | { readonly kind: "json"; readonly status: number; readonly value: unknown }
  | { readonly kind: "text"; readonly type: string; readonly text: string }
  | { readonly kind: "lines"; readonly lines: AsyncIterable<string> | Iterable<string> }
  /** The handler has taken the response and answers itself. */
  | { readonly kind: "taken" };

/** One address. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly body: BodyKind;
  /** Names of what may stand in the query. */
  readonly query?: readonly string[];
  /** Answered without the token. */
  readonly isOpen?: boolean;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/** A JSON answer with status 200. */
export function answer(value: unknown, status = 200): Reply {
  return { kind: "json", status, value };
}

/** A route that was found, with what stands in its places. */
export interface Found {
  readonly route: Route;
  readonly places: Readonly<Record<string, string>>;
}

const placesOf = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const [wanted, found] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== found.length) return undefined;
  const places: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const segment = found[i] ?? "";
    if (!part.startsWith("{")) {
      if (part !== segment) return undefined;
      continue;
    }
    if (segment === "") return undefined;
    places[part.slice(1, -1)] = decoded(segment);
  }
  return places;
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badValue("the path", segment, "percent signs that can be decoded");
  }
};

/** Fixed words go before places: `rules/arm` is no rule that is called arm. */
const places = ({ path }: Route): number => path.split("{").length;

/** Finds who answers a request. Throws AdminProblem where nobody does. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const fitting = routes
    .flatMap((route) => {
      const found = placesOf(route.path, path);
      return found === undefined ? [] : [{ route, places: found }];
    })
    .sort((a, b) => places(a.route) - places(b.route));
  const found = fitting.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (fitting.length === 0)
    throw new AdminProblem(404, "no-such-address", "nothing answers here", "See GET /openapi.json.");
  const allowed = [...new Set(fitting.map(({ route }) => route.method))].join(", ");
  throw new AdminProblem(405, "wrong-method", `${method} is not answered here`, `Allowed: ${allowed}.`, {
    allowed,
  });
}

/** Refuses, by throwing, what stands in a query and means nothing. */
export function checkQuery({ query = [] }: Route, given: URLSearchParams): void {
  for (const name of new Set(given.keys())) {
    if (/token/i.test(name))
      throw new AdminProblem(
        400,
        "token-in-url",
        "a token in a URL ends up in logs",
        "Send it as Authorization: Bearer TOKEN, and make a new one.",
      );
    if (!query.includes(name))
      throw new AdminProblem(
        400,
        "unknown-parameter",
        `unknown parameter ${JSON.stringify(name.slice(0, 60))}`,
        `Known: ${query.join(", ") || "none"}.`,
      );
    if (given.getAll(name).length > 1)
      throw new AdminProblem(400, "twice", `the parameter ${name} is given twice`, "Give it once.");
  }
}
