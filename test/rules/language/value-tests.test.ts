import { expect, test } from "vitest";
import { readTests } from "../../../src/rules/language/read-path-tests.js";
import { instantOf, testsHold } from "../../../src/rules/language/value-tests.js";
import { collector, plainValue } from "../sample.js";

const holds = (plain: unknown, found: boolean, value?: unknown): boolean =>
  testsHold(readTests("x", plainValue(plain), collector().report), found, value);

test("all tests of a value must hold, and an absent value only passes a test for absence", () => {
  expect(holds({ gt: 1, lt: 3 }, true, 2)).toBe(true);
  expect(holds({ gt: 1, lt: 3 }, true, 3)).toBe(false);
  expect(holds({ absent: true }, false)).toBe(true);
  expect(holds({ exists: false, equals: 1 }, false)).toBe(false);
  expect(holds({ equals: null }, true, null)).toBe(true);
});

test("instants compare across time zones, and a text that is not one fails every comparison", () => {
  expect(instantOf("2026-03-01T08:00:00+01:00")).toBe(instantOf("2026-03-01T07:00:00Z"));
  expect(instantOf("2026-03-01T08:00:00+01")).toBe(instantOf("2026-03-01T07:00:00Z"));
  expect([instantOf("08:00:00"), instantOf("soon"), instantOf("2026-02-30T00:00:00Z")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(holds({ before: "2026-03-01T08:00:00Z" }, true, "soon")).toBe(false);
});
