// The style sheet of the page.
import { expect, test } from "vitest";
import { pageStyle } from "../../../src/analyse/report/page-style.js";

test("the page style loads nothing, ends no element, and has a light and a dark form", () => {
  expect(pageStyle).not.toMatch(/url\(|@import|</);
  expect(pageStyle).toContain("prefers-color-scheme:dark");
  expect(pageStyle.match(/\{/g)?.length).toBe(pageStyle.match(/\}/g)?.length);
});
