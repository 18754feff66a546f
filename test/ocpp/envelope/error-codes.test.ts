// The codes of every version.
import { expect, test } from "vitest";
import { errorCodesOf, otherSpelling } from "../../../src/ocpp/envelope/error-codes.js";

test("1.6 has ten codes, two of them misspelt, and 2.x has twelve", () => {
  expect(errorCodesOf("1.6").length).toBe(10);
  expect(errorCodesOf("1.6")).toContain("OccurenceConstraintViolation");
  expect([errorCodesOf("2.0.1").length, errorCodesOf("2.1").length]).toEqual([12, 12]);
  expect(errorCodesOf("2.1")).toContain("OccurrenceConstraintViolation");
});

test("a code of another version's spelling is told apart from an unknown one", () => {
  expect(otherSpelling("1.6", "OccurrenceConstraintViolation")).toBe("OccurenceConstraintViolation");
  expect(otherSpelling("1.6", "OccurenceConstraintViolation")).toBeUndefined();
  expect(otherSpelling("2.0.1", "FormationViolation")).toBe("FormatViolation");
  expect(otherSpelling("2.0.1", "Oops")).toBeUndefined();
});
