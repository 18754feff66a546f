// Looking into payloads of any shape.
import { expect, test } from "vitest";
import { listOf, memberOf, textOf } from "../../src/ocpp/json-member.js";

test("own members are found, and nothing of the language's", () => {
  expect(memberOf({ a: 1 }, "a")).toBe(1);
  for (const value of [null, undefined, 7, "text", [], {}])
    expect(memberOf(value, "constructor")).toBeUndefined();
  expect(textOf({ a: "x", b: 1 }, "a")).toBe("x");
  expect(textOf({ a: "x", b: 1 }, "b")).toBeUndefined();
  expect(listOf({ a: [1] }, "a")).toEqual([1]);
  expect(listOf({ a: {} }, "a")).toEqual([]);
});
