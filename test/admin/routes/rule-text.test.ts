// Rules as bodies bring them.
import { expect, test } from "vitest";
import { ruleTextOf, wrapped, wrongRules } from "../../../src/admin/routes/rule-text.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

test("one rule as JSON becomes a file, and a file stays as it is", () => {
  const one = '{ "id": "a", "then": [ { "drop": {} } ] }';
  expect(readRules(ruleTextOf({ text: one, isJson: true }).text).ruleSet?.rules.map(({ id }) => id)).toEqual([
    "a",
  ]);
  const file = `{ "version": 1, "rules": [ ${one} ] }`;
  expect(ruleTextOf({ text: file, isJson: true })).toEqual({ text: file, linesBefore: 0 });
  const yaml = "version: 1\nrules: []\n";
  expect(ruleTextOf({ text: yaml, isJson: false }).text).toBe(yaml);
});

test("errors are told where the caller wrote them", () => {
  const text = wrapped('{ "id": "a",\n "then": [ { "dropp": {} } ] }');
  const { issues } = readRules(text.text);
  expect(wrongRules(issues, text).details.issues).toMatchObject([{ where: expect.stringMatching(/^2:/) }]);
});
