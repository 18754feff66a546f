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

const valuesOf = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const [wanted, found] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== found.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const segment = found[i] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== segment : segment === "") return undefined;
    if (name !== undefined) values[name] = decoded(segment);
  }
  return values;
};

const nameCount = (path: string): number => path.split("{").length;

/** Finds the route of a method and path. Fixed words go before names: `rules/arm` is not the rule `arm`. Throws AdminProblem. */
export function findRoute<Run>(routes: readonly Route<Run>[], method: string, path: string): FoundRoute<Run> {
  const matching = routes
    .flatMap((route) => {
      const values = valuesOf(route.path, path);
      return values === undefined ? [] : [{ route, path: values }];
    })
    .sort((a, b) => nameCount(a.route.path) - nameCount(b.route.path));
  const found = matching.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (matching.length === 0)
    throw new AdminProblem("no-such-address", "the API has no such path", "See GET /openapi.json.");
  const allowed = [...new Set(matching.map(({ route }) => route.method))].join(", ");
  throw new AdminProblem("wrong-method", `this path does not take ${method}`, `Allowed: ${allowed}.`, {
    allowed,
  });
}
