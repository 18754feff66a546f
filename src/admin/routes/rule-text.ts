// The body that rules come in: the text of a rule file, YAML or JSON, or one rule alone as a JSON object. Gives the text
// of a file either way, and puts the places of errors back to where the caller wrote them.

import type { Issue } from "../../base/issue.js";
import type { Body } from "../http/body.js";
import { AdminProblem } from "../http/problem.js";

/** A rule file's text, and how many lines stand before what the caller wrote. */
export interface RuleText {
  readonly text: string;
  readonly linesBefore: number;
}

const isOneRule = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !("rules" in value) && "id" in value;
  } catch {
    return false;
  }
};

/** The rule file that a body holds. */
export function ruleTextOf({ text, isJson }: Body): RuleText {
  return isJson && isOneRule(text) ? wrapped(text) : { text, linesBefore: 0 };
}

/** A rule file of this one rule, given as JSON. */
export function wrapped(rule: string): RuleText {
  return { text: `{ "version": 1, "rules": [\n${rule}\n] }`, linesBefore: 1 };
}

/** The refusal of rules with errors, all of them. */
export function wrongRules(issues: readonly Issue[], { linesBefore }: RuleText): AdminProblem {
  const moved = issues.map(({ code, where = "1:1", message }) => {
    const [line = "1", column = "1"] = where.split(":");
    return { code, where: `${Math.max(1, Number(line) - linesBefore)}:${column}`, message };
  });
  const count = `${moved.length} error${moved.length === 1 ? "" : "s"}`;
  return new AdminProblem(
    422,
    "rules-invalid",
    `the rules have ${count}; the old ones stay`,
    "Mend them; docs/reference/rules.md says what is valid.",
    { issues: moved },
  );
}
