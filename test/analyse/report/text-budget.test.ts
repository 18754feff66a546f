// The limits of texts on a page.
import { expect, test } from "vitest";
import { beginning, reportLimits, TextBudget } from "../../../src/analyse/report/text-budget.js";

test("a text is indented, and cut if it is too long", () => {
  const budget = new TextBudget(reportLimits);
  expect(budget.spend('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(budget.spend("x".repeat(reportLimits.text + 5))).toMatch(/… 5 more characters$/);
});

test("when the budget is used up, only the beginnings of texts are kept", () => {
  const budget = new TextBudget({ ...reportLimits, texts: 10 });
  budget.spend("x".repeat(20));
  expect(budget.spend("y".repeat(1000))).toBe(`${"y".repeat(beginning)}\\n… 600 more characters`);
});
