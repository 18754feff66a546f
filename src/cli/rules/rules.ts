// `ocpp-vcr rules`: checks and explains rule files, tries them on recordings, and lists faults and presets.

import type { Command } from "commander";
import { presetNames, type RuleFile, readRuleFile } from "../../app/rule-file.js";
import { VcrError } from "../../base/errors.js";
import type { Issue } from "../../base/issue.js";
import { billingRiskOf } from "../../rules/language/billing-risk.js";
import { explainRule } from "../../rules/language/explain.js";
import { ruleFileSchema } from "../../rules/language/schema.js";
import { jsonLine, printable } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import { wholeNumber } from "../common/values.js";
import { faultLines, faultList, faultRecord } from "./rules-list.js";
import { testRules } from "./rules-test.js";

interface JsonOption {
  readonly json?: true;
}

const wrongFile = 2;

/** Prints every error of a file; the exit code becomes 2. */
const printIssues = (session: CliSession, { name, issues }: RuleFile): void => {
  raiseExitCode(session, wrongFile);
  for (const { where = "", message } of issues)
    session.err(`${printable(name)}:${where}: ${printable(message, 1000)}`);
};

/** Reads a file. One that cannot be read counts as a file with an error, so that the following files are checked too. */
const readable = (path: string): RuleFile => {
  try {
    return readRuleFile(path);
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
    const issue: Issue = { code: "unreadable", message: error.message, by: "file", where: "1:1" };
    return { name: path, ruleSet: undefined, issues: [issue] };
  }
};

const check = (session: CliSession, paths: readonly string[], { json }: JsonOption): void => {
  for (const path of paths) {
    const reading = readable(path);
    const { ruleSet, issues } = reading;
    if (json === true) {
      const rules = ruleSet?.rules.length ?? 0;
      session.out(jsonLine({ event: "checked", file: path, ok: issues.length === 0, rules, issues }));
      if (issues.length > 0) raiseExitCode(session, wrongFile);
    } else if (ruleSet === undefined || issues.length > 0) printIssues(session, reading);
    else session.out(`${printable(path)}: ${count(ruleSet.rules.length, "rule")}, no errors`);
  }
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

const explain = (session: CliSession, path: string, { json }: JsonOption): void => {
  const reading = readRuleFile(path);
  if (reading.ruleSet === undefined) {
    printIssues(session, reading);
    return;
  }
  for (const rule of reading.ruleSet.rules) {
    const sentence = explainRule(rule);
    const risk = billingRiskOf(rule);
    if (json === true)
      session.out(jsonLine({ event: "rule", id: rule.id, explanation: sentence, risk: risk ?? null }));
    else {
      session.out(`${session.paint.bold(rule.id)}: ${printable(sentence, 2000)}`);
      if (risk !== undefined) session.out(`  warning: ${risk.message}`);
    }
  }
};

const test = async (
  session: CliSession,
  path: string,
  cassettes: readonly string[],
  options: JsonOption & { readonly seed?: number; readonly full?: true },
): Promise<void> => {
  const reading = readRuleFile(path);
  if (reading.ruleSet === undefined) printIssues(session, reading);
  else await testRules(session, reading.ruleSet, cassettes, options);
};

const list = (session: CliSession, name: string | undefined, { json }: JsonOption): void => {
  const found = faultList(name);
  if (json === true) for (const fault of found) session.out(jsonLine(faultRecord(fault)));
  else for (const line of faultLines(session.paint, found, name !== undefined)) session.out(line);
};

const presets = (session: CliSession, { json }: JsonOption): void => {
  for (const name of presetNames())
    session.out(json === true ? jsonLine({ event: "preset", name }) : `preset:${name}`);
};

/** Adds `rules` to the program. */
export function registerRules(program: Command, session: CliSession): void {
  const rules = program
    .command("rules")
    .description("Check, explain and try rule files, and list the faults that they can use.");
  rules
    .command("check")
    .description("Print every error of rule files, with its line and column.")
    .argument("<file...>", "rule files, or preset:NAME")
    .option("--json", "one JSON object per file")
    .addHelpText(
      "after",
      "\nExample:\n  ocpp-vcr rules check examples/*.yaml\n\nExit codes: 0, 2 (a file has errors).",
    )
    .action((paths: readonly string[], options: JsonOption) => check(session, paths, options));
  rules
    .command("explain")
    .description("Explain in plain sentences what each rule of a file does.")
    .argument("<file>", "a rule file, or preset:NAME")
    .option("--json", "one JSON object per rule")
    .addHelpText(
      "after",
      "\nExamples:\n  ocpp-vcr rules explain examples/flaky-meter.yaml\n  ocpp-vcr rules explain preset:flaky-4g\n\nA rule that can destroy billing data gets a warning.",
    )
    .action((path: string, options: JsonOption) => explain(session, path, options));
  rules
    .command("test")
    .description("Show what the rules of a file would have done to recordings.")
    .argument("<file>", "a rule file, or preset:NAME")
    .argument("<cassette...>", "recordings, or folders of them")
    .option("--seed <n>", "seed of the faults (default: the rule file's, else 0)", wholeNumber(0))
    .option("--full", "the whole messages before and after, not only their beginnings")
    .option("--json", "one JSON object per application, and one at the end")
    .addHelpText(
      "after",
      "\nExample:\n  ocpp-vcr rules test examples/flaky-meter.yaml recordings/sample-1.6.cassette\n\nThe rules are applied to the recording as it is, including its handshakes; how the peers would have reacted is unknown. If a recording cannot test a rule, the reason is printed.",
    )
    .action(
      (
        path: string,
        cassettes: readonly string[],
        options: JsonOption & { readonly seed?: number; readonly full?: true },
      ) => test(session, path, cassettes, options),
    );
  rules
    .command("list")
    .description("List all faults by layer, or print everything about one fault.")
    .argument("[fault]", "the name of a fault")
    .option("--json", "one JSON object per fault")
    .addHelpText("after", "\nExamples:\n  ocpp-vcr rules list\n  ocpp-vcr rules list delay")
    .action((name: string | undefined, options: JsonOption) => list(session, name, options));
  rules
    .command("presets")
    .description("List the rule files that come with the program; use one as preset:NAME.")
    .option("--json", "one JSON object per preset")
    .addHelpText("after", "\nExample:\n  ocpp-vcr rules presets")
    .action((options: JsonOption) => presets(session, options));
  rules
    .command("schema")
    .description("Print the JSON Schema of rule files, for editors.")
    .addHelpText("after", "\nExample:\n  ocpp-vcr rules schema > ocpp-vcr-rules.schema.json")
    .action(() => session.out(JSON.stringify(ruleFileSchema(), undefined, 2)));
}
