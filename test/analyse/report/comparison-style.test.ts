// The style sheet of the comparison page.
import { expect, test } from "vitest";
import { comparisonStyle } from "../../../src/analyse/report/comparison-style.js";

test("the comparison style loads nothing from the network and ends no element", () => {
  expect(comparisonStyle).not.toMatch(/url\(|@import|</);
});
