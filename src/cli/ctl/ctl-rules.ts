// The commands of `ctl` about rules: list, add, replace, remove, arm and disarm them.

import type { Command } from "commander";
import type { AdminRequest } from "../../admin/client.js";
import { ruleFileText } from "../../app/rule-file.js";
import type { CliSession } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, printAnswer } from "./ctl-options.js";
import { nearMissLines, removalLines, ruleLines } from "./ctl-words.js";

interface ArmOptions extends CtlOptions {
  readonly ttl?: string;
}

/** Adds the commands about rules. */
export function registerCtlRules(ctl: Command, session: CliSession): void {
  const run = async (options: CtlOptions, request: AdminRequest): Promise<void> => {
    const { value } = await clientOf(session, options).ask(request);
    printAnswer(session, options, value, () => ruleLines(value));
  };
  const rules = ctl.command("rules").description("list and change the rules of the running program");
  const add = (name: string, description: string): Command =>
    addCtlOptions(rules.command(name).description(description));
  add("list", "list the rules, with what they matched and applied").action((options: CtlOptions) =>
    run(options, { method: "GET", path: "/v1/rules" }),
  );
  add("add", "add the rules of a file, not armed; a rule with the id of an old rule replaces it")
    .argument("<file>", "a rule file, or preset:NAME")
    .action((file: string, options: CtlOptions) =>
      run(options, { method: "POST", path: "/v1/rules", rules: ruleFileText(file) }),
    );
  add("replace", "replace all rules by those of a file; rules that have not changed stay armed")
    .argument("<file>", "a rule file, or preset:NAME")
    .action((file: string, options: CtlOptions) =>
      run(options, { method: "PUT", path: "/v1/rules", rules: ruleFileText(file) }),
    );
  add("remove", "remove a rule")
    .alias("delete")
    .argument("<rule>", "its id")
    .action(async (id: string, options: CtlOptions) => {
      const path = `/v1/rules/${encodeURIComponent(id)}`;
      const { value } = await clientOf(session, options).ask({ method: "DELETE", path });
      printAnswer(session, options, value, () => removalLines(id, value));
    });
  add("near-misses", "list messages that met all conditions of a rule but one")
    .argument("[rule]", "its id (default: all rules)")
    .action(async (rule: string | undefined, options: CtlOptions) => {
      const request = { method: "GET", path: "/v1/near-misses", query: { rule } } as const;
      const { value } = await clientOf(session, options).ask(request);
      printAnswer(session, options, value, () => nearMissLines(value));
    });
  addCtlOptions(ctl.command("arm").description("arm rules, or all if no ids are given"))
    .argument("[rules...]", "their ids")
    .option("--ttl <time>", "disarm them again after this time, like 5m")
    .action((ids: readonly string[], options: ArmOptions) => {
      const { ttl } = options;
      const some = ids.length === 0 ? {} : { ids };
      return run(options, { method: "POST", path: "/v1/rules/arm", json: { ...some, ttl } });
    });
  addCtlOptions(ctl.command("disarm").description("disarm rules, or all if no ids are given"))
    .argument("[rules...]", "their ids")
    .action((ids: readonly string[], options: CtlOptions) =>
      run(options, { method: "POST", path: "/v1/rules/disarm", json: ids.length === 0 ? {} : { ids } }),
    );
}
