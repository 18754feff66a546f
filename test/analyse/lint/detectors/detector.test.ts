import { expect, test } from "vitest";
import { findingClasses } from "../../../../src/analyse/lint/detectors/detector.js";

test("the classes of findings have the worst first", () => {
  expect(findingClasses).toEqual(["defect", "smell", "event"]);
});
