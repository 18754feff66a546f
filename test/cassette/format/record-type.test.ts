// The type bytes of records.
import { describe, expect, test } from "vitest";
import { kindOf, recordTypes } from "../../../src/cassette/format/record-type.js";

describe("kindOf", () => {
  test("is the inverse of the table", () => {
    for (const [kind, type] of Object.entries(recordTypes)) expect(kindOf(type)).toBe(kind);
    expect(new Set(Object.values(recordTypes)).size).toBe(Object.keys(recordTypes).length);
  });

  test("knows no other types", () => {
    expect([0, 16, 255].map(kindOf)).toEqual([undefined, undefined, undefined]);
  });
});
