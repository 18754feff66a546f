import { expect, test } from "vitest";
import { headersField } from "../../../../src/rules/faults/edit/header-fields.js";
import { collector, plainValue } from "../../sample.js";

const field = headersField("fields");

test("header fields are read unchanged, numbers as they are written", () => {
  const { report, said } = collector();
  expect(field.read(plainValue({ "X-A": "b c", "Retry-After": 120 }), "headers", report)).toEqual({
    "X-A": "b c",
    "Retry-After": "120",
  });
  expect(said).toEqual([]);
});

test.each([{ "a:b": "x" }, { a: "x\r\nSet-Cookie: y" }, { a: "€" }, { a: ["x"] }, ["a"]])(
  "%j is reported, because it would break an HTTP head",
  (plain) => {
    const { report, said } = collector();
    expect(field.read(plainValue(plain), "headers", report)).toBeUndefined();
    expect(said).toHaveLength(1);
  },
);
