import { expect, test } from "vitest";
import { patternOf, readTests } from "../../../src/rules/language/read-path-tests.js";
import { collector, plainValue } from "../sample.js";

test("a plain value means equals, a map means all its tests, absent means not exists", () => {
  const { report, said } = collector();
  expect(readTests("x", plainValue("a"), report)).toEqual([{ kind: "equals", value: "a" }]);
  expect(readTests("x", plainValue({ in: [1, "b"], absent: true, lte: 4 }), report)).toEqual([
    { kind: "in", values: [1, "b"] },
    { kind: "exists", value: false },
    { kind: "lte", value: 4 },
  ]);
  expect(said).toEqual([]);
});

test.each([
  [{}, "the condition of x is empty"],
  [{ gt: "much" }, "gt must be a number"],
  [{ equals: [1] }, "equals must be a text, number, true, false or null"],
  [{ after: "noon" }, "after must be a date with a time"],
  [{ exits: true }, 'did you mean "exists"?'],
])("%j is reported", (plain, message) => {
  const { report, said } = collector();
  readTests("x", plainValue(plain), report);
  expect(said.join("\n")).toContain(message);
});

test("a pattern that cannot be read is reported with the character", () => {
  const { report, said } = collector();
  expect(patternOf("(a", "1:1", report)).toBeUndefined();
  expect(said[0]).toContain("cannot be read at character");
  expect(patternOf("^a$", "1:1", report)).toBeDefined();
});
