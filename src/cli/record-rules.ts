// The rule file of `record`: read before anything listens, with all its errors at once.

import { readFileSync, statSync } from "node:fs";
import { VcrError } from "../base/errors.js";
import { readRules } from "../rules/read-rules.js";
import type { RuleSet } from "../rules/rule-set.js";

/** Octets beyond which a file is none of rules. */
export const largestRuleFile: number = 1024 * 1024;

/** Reads a rule file for arming. Throws VcrError RULES_INVALID with all its errors, or FILE_UNREADABLE. */
export function loadRules(path: string): RuleSet {
  let text: string;
  try {
    if (statSync(path).size > largestRuleFile) throw new Error("it is larger than 1 MiB");
    text = readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VcrError(
      "RULES_INVALID",
      `the rule file ${path} cannot be read: ${why}`,
      "Check the path given with --rules.",
      error,
    );
  }
  const { ruleSet, issues } = readRules(text);
  if (ruleSet !== undefined && issues.length === 0) return ruleSet;
  const lines = issues.map((issue) => `  ${path}:${issue.where ?? "1:1"}: ${issue.message}`);
  const count = `${issues.length} error${issues.length === 1 ? "" : "s"}`;
  throw new VcrError(
    "RULES_INVALID",
    `${count} in the rule file ${path}:\n${lines.join("\n")}`,
    "See docs/reference/rules.md.",
  );
}
