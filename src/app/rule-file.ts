// Reads rule files. A rule file is named by its path, or by preset:NAME for one of those in examples/faults. All errors of
// a file are reported at once.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorText, VcrError } from "../base/errors.js";
import type { Issue } from "../base/issue.js";
import { readRules } from "../rules/language/read-rules.js";
import type { RuleSet } from "../rules/language/rule-set.js";
import { nearest } from "../text/nearest.js";

/** The largest rule file, in bytes. */
export const largestRuleFile: number = 1024 * 1024;

/** A rule file that was read. */
export interface RuleFile {
  /** Its path, or `preset:NAME`. */
  readonly name: string;
  readonly ruleSet: RuleSet | undefined;
  readonly issues: readonly Issue[];
}

const prefix = "preset:";
const ending = ".yaml";
const presetFolder = fileURLToPath(new URL("../../examples/faults", import.meta.url));

/** The rule files that come with the program, by their names. */
export function presetNames(): readonly string[] {
  return readdirSync(presetFolder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** The path of a rule file, which is given as a path or as `preset:NAME`. Throws VcrError RULES_INVALID. */
export function ruleFilePath(name: string): string {
  if (!name.startsWith(prefix)) return name;
  const preset = name.slice(prefix.length);
  const known = presetNames();
  if (known.includes(preset)) return join(presetFolder, `${preset}${ending}`);
  const near = nearest(preset, known);
  throw new VcrError(
    "RULES_INVALID",
    `there is no preset "${preset}"`,
    near === undefined ? `The presets are ${known.join(", ")}.` : `Did you mean ${prefix}${near}?`,
  );
}

/** The text of a rule file. Throws VcrError RULES_INVALID if it cannot be read. */
export function ruleFileText(name: string): string {
  const path = ruleFilePath(name);
  try {
    if (statSync(path).size > largestRuleFile) throw new Error("it is larger than 1 MiB");
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = errorText(error);
    throw new VcrError(
      "RULES_INVALID",
      `the rule file ${name} cannot be read: ${why}`,
      "Check the path.",
      error,
    );
  }
}

/** Reads a rule file with all its errors. */
export function readRuleFile(name: string): RuleFile {
  const { ruleSet, issues } = readRules(ruleFileText(name));
  return { name, ruleSet, issues };
}

/** The error RULES_INVALID with all errors of a rule file. */
export function invalidRules(name: string, issues: readonly Issue[]): VcrError {
  const lines = issues.map((issue) => `  ${name}:${issue.where ?? "1:1"}: ${issue.message}`);
  const count = `${issues.length} error${issues.length === 1 ? "" : "s"}`;
  return new VcrError(
    "RULES_INVALID",
    `${count} in the rule file ${name}:\n${lines.join("\n")}`,
    "See docs/reference/rules.md.",
  );
}

/** Reads a rule file for arming. Throws VcrError RULES_INVALID with all its errors. */
export function loadRules(name: string): RuleSet {
  const { ruleSet, issues } = readRuleFile(name);
  if (ruleSet !== undefined && issues.length === 0) return ruleSet;
  throw invalidRules(name, issues);
}

/** The content of a rule file as an object: its members are those of docs/reference/rules.md. */
export interface RuleFileObject {
  readonly version: 1;
  readonly seed?: number | undefined;
  readonly rules: readonly object[];
}

/**
 * Fault rules: the path of a rule file, `preset:NAME`, the text of a rule file, its content as an object, or the
 * `ruleSet` that `readRules` made of one.
 */
export type RuleSource = string | { readonly yaml: string } | RuleFileObject | RuleSet;

const isRuleSet = (source: object): source is RuleSet =>
  "source" in source && typeof source.source === "string";

/** The text of a rule file with this content; a text is one. Throws VcrError RULES_INVALID for what JSON cannot hold. */
export function ruleText(content: string | object): string {
  if (typeof content === "string") return content;
  try {
    return String(JSON.stringify(content, null, 2));
  } catch (error) {
    const hint = "Give the content of a rule file: { version: 1, rules: [...] }.";
    throw new VcrError("RULES_INVALID", `the rules cannot be read: ${errorText(error)}`, hint, error);
  }
}

/** The rules of a source. Throws VcrError RULES_INVALID with all errors. */
export function ruleSetOf(source: RuleSource): RuleSet {
  if (typeof source === "string") return loadRules(source);
  if (isRuleSet(source)) return source;
  const isText = "yaml" in source && typeof source.yaml === "string";
  const { ruleSet, issues } = readRules(isText ? source.yaml : ruleText(source));
  if (ruleSet !== undefined && issues.length === 0) return ruleSet;
  throw invalidRules("rules", issues);
}
