// Values of a query within their bounds.
import { expect, test } from "vitest";
import { durationOf, wholeParameter } from "../../../src/admin/http/parameters.js";

test("numbers and durations are read within their bounds, and nothing else is", () => {
  const query = new URLSearchParams("a=5&b=-1&c=1e3&d=");
  expect(wholeParameter(query, "a", 0)).toBe(5);
  expect(wholeParameter(query, "none", 0)).toBeUndefined();
  for (const name of ["b", "c", "d"]) expect(() => wholeParameter(query, name, 0)).toThrow(/cannot be/);
  expect(() => wholeParameter(query, "a", 6, 9)).toThrow(/cannot be/);
  expect(durationOf("t", "300ms", 1000)).toBe(300);
  for (const word of ["2s", "5", "", "soon"]) expect(() => durationOf("t", word, 1000)).toThrow(/cannot be/);
});
