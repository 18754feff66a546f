// Finds the address that a request belongs to.

import { AdminProblem, badValue } from "./problem.js";
import type { Route } from "./route.js";

/** A route, with the values of the names in its path. */
export interface FoundRoute<Run> {
  readonly route: Route<Run>;
  readonly path: Readonly<Record<string, string>>;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badValue("the path", segment, "percent signs that can be decoded");
  }
};

const nameCount = (path: string): number => path.split("{").length;

/** Finds the route of a method and path. Fixed words go before names: `rules/arm` is not the rule `arm`. Throws AdminProblem. */
export function findRoute<Run>(routes: readonly Route<Run>[], method: string, path: string): FoundRoute<Run> {
  const matching = routes
    .filter(({ pattern }) => pattern.test(path))
    .sort((a, b) => nameCount(a.path) - nameCount(b.path));
  const route = matching.find((candidate) => candidate.method === method);
  if (route !== undefined) {
    const values = Object.entries(route.pattern.exec(path)?.groups ?? {});
    return { route, path: Object.fromEntries(values.map(([name, value]) => [name, decoded(value)])) };
  }
  if (matching.length === 0)
    throw new AdminProblem("no-such-address", "the API has no such path", "See GET /openapi.json.");
  const allowed = [...new Set(matching.map((candidate) => candidate.method))].join(", ");
  const details = { allowed };
  throw new AdminProblem(
    "wrong-method",
    `this path does not take ${method}`,
    `Allowed: ${allowed}.`,
    details,
  );
}
