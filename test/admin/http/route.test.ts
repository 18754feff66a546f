// A declaration becomes a route: its path, query and body are read and checked before the handler gets them.
import { expect, test } from "vitest";
import { jsonBody, type RawBody } from "../../../src/admin/http/body.js";
import { findRoute } from "../../../src/admin/http/find-route.js";
import { durationParameter, textParameter, wholeParameter } from "../../../src/admin/http/parameters.js";
import { badValue } from "../../../src/admin/http/problem.js";
import { json, makeRoute, type Reply, type Route } from "../../../src/admin/http/route.js";
import {
  anyObject,
  duration,
  flag,
  list,
  oneOf,
  partial,
  text,
  wholeNumber,
} from "../../../src/admin/http/shape.js";

const echo = makeRoute("POST /things/{id}", "echo", {
  summary: "",
  query: {
    word: textParameter("", (word) => (word === "no" ? undefined : word.toUpperCase())),
    count: wholeParameter("", 1, 5),
    time: durationParameter("", 1000),
  },
  body: jsonBody(
    partial(
      {
        text: text(5),
        word: oneOf("idle", "now"),
        count: wholeNumber(1, 5),
        list: list(text()),
        flag,
        ttl: duration(1, 60_000),
        thing: anyObject,
      },
      ["text"],
    ),
  ),
  answer: json(anyObject),
  handle: ({ path, query, body }) => ({ path, query, body }),
});

const serve = async (query: string, body: string): Promise<unknown> => {
  const reply: Reply = await echo.serve({
    run: undefined,
    response: undefined as never,
    by: "a test",
    path: { id: "1" },
    query: new URLSearchParams(query),
    body: async (): Promise<RawBody> => ({ text: body, isJson: true }),
  });
  return reply.kind === "json" ? reply.value : reply;
};

test("a handler gets the values of path, query and body, checked and converted", async () => {
  const members = { text: "t", word: "now", count: 5, list: ["a"], flag: true, ttl: "1m", thing: {} };
  expect(await serve("word=a&count=3&time=300ms", JSON.stringify(members))).toEqual({
    path: { id: "1" },
    query: { word: "A", count: 3, time: 300 },
    body: members,
  });
});

test.each([
  ["count=6", "bad-value", "a whole number from 1 to 5"],
  ["count=1e0", "bad-value", "a whole number"],
  ["count=", "bad-value", "a whole number"],
  ["time=2s", "bad-value", "a duration from 0ms to 1s"],
  ["time=soon", "bad-value", "a duration"],
  ["word=no", "bad-value", "a text"],
  ["other=1", "unknown-parameter", "word, count, time"],
  ["word=a&word=b", "twice", "once"],
  ["my_token=1", "token-in-url", "Authorization"],
])("the query %s is refused with %s and a hint", async (query, code, hint) => {
  await expect(serve(query, '{"text":"t"}')).rejects.toMatchObject({
    code,
    hint: expect.stringContaining(hint),
  });
});

test.each([
  ['{"text":"toolong"}', "bad-value", "at most 5 characters"],
  ['{"text":1}', "bad-value", "a text"],
  ['{"text":"t","word":"later"}', "bad-value", "idle or now"],
  ['{"text":"t","count":1.5}', "bad-value", "from 1 to 5"],
  ['{"text":"t","list":[1]}', "bad-value", "a list"],
  ['{"text":"t","flag":1}', "bad-value", "true or false"],
  ['{"text":"t","ttl":"0s"}', "bad-value", "from 1ms to 60s"],
  ['{"text":"t","thing":[]}', "bad-value", "an object"],
  ['{"text":"t","__proto__":1}', "unknown-member", "text, word"],
  [" ", "bad-value", "a text"],
  ["{}", "bad-value", "a text"],
  ["[]", "bad-body", "one JSON object"],
  ["null", "bad-body", "one JSON object"],
  ["{", "bad-body", "one JSON object"],
])("the body %s is refused with %s and a hint", async (body, code, hint) => {
  await expect(serve("", body)).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) });
});

test("a refusal does not repeat a long value", () => {
  expect(badValue("code", "x".repeat(1000), "a number").message.length).toBeLessThan(200);
});

const route = <const Address extends string>(address: Address): Route<unknown> =>
  makeRoute(address, address, { summary: "", answer: json(anyObject), handle: () => ({}) });

const routes = [route("GET /r/{id}"), route("POST /r/arm"), route("GET /r/list"), route("GET /a.b")];

test("a path finds its route; its values are decoded, and fixed words go before names", () => {
  expect(findRoute(routes, "GET", "/r/a%2Fb").path).toEqual({ id: "a/b" });
  expect(findRoute(routes, "GET", "/r/list").route.path).toBe("/r/list");
  expect(findRoute(routes, "GET", "/r/arm").path).toEqual({ id: "arm" });
  expect(findRoute(routes, "POST", "/r/arm").route.path).toBe("/r/arm");
});

test("an unknown path, method or percent sign is refused", () => {
  for (const path of ["/", "/r", "/r/", "/r/a/b", "/R/a", "/axb"])
    expect(() => findRoute(routes, "GET", path)).toThrow(/no such path/);
  expect(() => findRoute(routes, "DELETE", "/r/a")).toThrow(/does not take DELETE/);
  expect(() => findRoute(routes, "GET", "/r/%")).toThrow(/the path cannot be/);
});
