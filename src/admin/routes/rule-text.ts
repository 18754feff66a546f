// The body that brings rules: a rule file in YAML or JSON, or one rule as a JSON object. Both become the text of a rule
// file; errors keep the positions of the caller's text.

import type { Issue } from "../../base/issue.js";
import type { BodyContent } from "../http/body.js";
import { AdminProblem } from "../http/problem.js";
import { anyObject, atLeast, constant, type JsonShape, list, named, schemaOf, text } from "../http/shape.js";

/** The text of a rule file, and how many lines were added before the caller's text. */
export interface RuleText {
  readonly text: string;
  readonly linesBefore: number;
}

/** A rule with its id. The rule reader checks the other members. */
export const ruleShape: JsonShape<{ readonly id: string }> = named("Rule", atLeast({ id: text() }));

const ruleFile = named("RuleFile", atLeast({ version: constant(1), rules: list(ruleShape) }));

const rules: JsonShape<unknown> = {
  ...anyObject,
  schema: { oneOf: [schemaOf(ruleFile), schemaOf(ruleShape)] },
  inner: [ruleFile, ruleShape],
};

const isOneRule = (json: string): boolean => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !("rules" in value) && "id" in value;
  } catch {
    return false;
  }
};

/** A body that holds rules. */
export const ruleBody: BodyContent<RuleText> = {
  content: { "application/json": rules, "application/yaml": text() },
  read: (body) =>
    body.isJson && isOneRule(body.text) ? fileOfOne(body.text) : { text: body.text, linesBefore: 0 },
};

/** The rule file that holds one rule, given as JSON. */
export function fileOfOne(rule: string): RuleText {
  return { text: `{ "version": 1, "rules": [\n${rule}\n] }`, linesBefore: 1 };
}

/** The refusal of rules with errors. It lists all of them. */
export function rulesProblem(issues: readonly Issue[], { linesBefore }: RuleText): AdminProblem {
  const moved = issues.map(({ code, where = "1:1", message }) => {
    const [line = "1", column = "1"] = where.split(":");
    return { code, where: `${Math.max(1, Number(line) - linesBefore)}:${column}`, message };
  });
  const count = `${moved.length} error${moved.length === 1 ? "" : "s"}`;
  return new AdminProblem(
    "rules-invalid",
    `the rules have ${count}; the old rules stay`,
    "Fix them; see docs/reference/rules.md.",
    { issues: moved },
  );
}
