// Which address a request belongs to.
import { describe, expect, test } from "vitest";
import { answer, checkQuery, findRoute, type Route } from "../../../src/admin/http/route.js";

const route = (method: Route["method"], path: string): Route => ({
  method,
  path,
  body: "none",
  query: ["a"],
  handle: () => answer({}),
});
const routes = [route("GET", "/r/{id}"), route("POST", "/r/arm"), route("GET", "/r/list")];

describe("the table of routes", () => {
  test("gives what stands in the places, decoded, and prefers fixed words", () => {
    expect(findRoute(routes, "GET", "/r/a%2Fb").places).toEqual({ id: "a/b" });
    expect(findRoute(routes, "GET", "/r/list").route.path).toBe("/r/list");
    expect(findRoute(routes, "GET", "/r/arm").places).toEqual({ id: "arm" });
    expect(findRoute(routes, "POST", "/r/arm").route.path).toBe("/r/arm");
  });

  test("refuses what it does not have", () => {
    for (const path of ["/", "/r", "/r/", "/r/a/b", "/R/a"])
      expect(() => findRoute(routes, "GET", path)).toThrow(/nothing answers/);
    expect(() => findRoute(routes, "DELETE", "/r/a")).toThrow(/DELETE is not answered/);
    expect(() => findRoute(routes, "GET", "/r/%")).toThrow(/the path cannot be/);
    expect(() => checkQuery(routes[0] as Route, new URLSearchParams("b=1"))).toThrow(/unknown parameter/);
    expect(() => checkQuery(routes[0] as Route, new URLSearchParams("a=1&a=2"))).toThrow(/given twice/);
    expect(() => checkQuery(routes[0] as Route, new URLSearchParams("a=1"))).not.toThrow();
  });
});
