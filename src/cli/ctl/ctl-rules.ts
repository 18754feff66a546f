// The commands of `ctl` about rules: see them, put them, arm and disarm them.

import type { Command } from "commander";
import type { AdminRequest } from "../../admin/client.js";
import { ruleFileText } from "../../app/rule-file.js";
import type { CliSession } from "../common/session.js";
import { addCtlOptions, type CtlOptions, clientOf, tell } from "./ctl-options.js";
import { nearMissLines, removalLines, ruleLines } from "./ctl-words.js";

interface ArmOptions extends CtlOptions {
  readonly ttl?: string;
}

/** Adds the commands about rules. */
export function registerCtlRules(ctl: Command, session: CliSession): void {
  const run = async (options: CtlOptions, request: AdminRequest): Promise<void> => {
    const { value } = await clientOf(session, options).ask(request);
    tell(session, options, value, () => ruleLines(value));
  };
  const rules = ctl.command("rules").description("the rules of the running program");
  const add = (name: string, description: string): Command =>
    addCtlOptions(rules.command(name).description(description));
  add("list", "list them, with what they have done").action((options: CtlOptions) =>
    run(options, { method: "GET", path: "/v1/rules" }),
  );
  add("add", "add the rules of a file, not armed; those with known ids are replaced")
    .argument("<file>", "a rule file, or preset:NAME")
    .action((file: string, options: CtlOptions) =>
      run(options, { method: "POST", path: "/v1/rules", rules: ruleFileText(file) }),
    );
  add("replace", "put the rules of a file in place of all others; those that stay the same stay armed")
    .argument("<file>", "a rule file, or preset:NAME")
    .action((file: string, options: CtlOptions) =>
      run(options, { method: "PUT", path: "/v1/rules", rules: ruleFileText(file) }),
    );
  add("remove", "take a rule away; where there is none, say so and do nothing")
    .alias("delete")
    .argument("<rule>", "its id")
    .action(async (id: string, options: CtlOptions) => {
      const path = `/v1/rules/${encodeURIComponent(id)}`;
      const { value } = await clientOf(session, options).ask({ method: "DELETE", path });
      tell(session, options, value, () => removalLines(id, value));
    });
  add("near-misses", "messages that fitted all conditions of a rule but one")
    .argument("[rule]", "its id; all rules without")
    .action(async (rule: string | undefined, options: CtlOptions) => {
      const request = { method: "GET", path: "/v1/near-misses", query: { rule } } as const;
      const { value } = await clientOf(session, options).ask(request);
      tell(session, options, value, () => nearMissLines(value));
    });
  addCtlOptions(ctl.command("arm").description("arm rules; without ids, all"))
    .argument("[rules...]", "their ids")
    .option("--ttl <time>", "disarm them after this time, like 5m")
    .action((ids: readonly string[], options: ArmOptions) => {
      const { ttl } = options;
      const some = ids.length === 0 ? {} : { ids };
      return run(options, { method: "POST", path: "/v1/rules/arm", json: { ...some, ttl } });
    });
  addCtlOptions(ctl.command("disarm").description("disarm rules; without ids, all"))
    .argument("[rules...]", "their ids")
    .action((ids: readonly string[], options: CtlOptions) =>
      run(options, { method: "POST", path: "/v1/rules/disarm", json: ids.length === 0 ? {} : { ids } }),
    );
}
