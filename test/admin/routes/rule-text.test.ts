// The bodies that bring rules.
import { expect, test } from "vitest";
import { fileOfOne, ruleBody, rulesProblem } from "../../../src/admin/routes/rule-text.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

test("one rule as JSON becomes a rule file, and a rule file stays as it is", () => {
  const one = '{ "id": "a", "then": [ { "drop": {} } ] }';
  const { ruleSet } = readRules(ruleBody.read({ text: one, isJson: true }).text);
  expect(ruleSet?.rules.map(({ id }) => id)).toEqual(["a"]);
  const file = `{ "version": 1, "rules": [ ${one} ] }`;
  expect(ruleBody.read({ text: file, isJson: true })).toEqual({ text: file, linesBefore: 0 });
  const yaml = "version: 1\nrules: []\n";
  expect(ruleBody.read({ text: yaml, isJson: false }).text).toBe(yaml);
});

test("errors in one rule have the positions of the caller's text", () => {
  const text = fileOfOne('{ "id": "a",\n "then": [ { "dropp": {} } ] }');
  const { issues } = readRules(text.text);
  expect(rulesProblem(issues, text).details.issues).toMatchObject([{ where: expect.stringMatching(/^2:/) }]);
});
