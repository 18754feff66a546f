// The options of `record` about arming rules, and about the admin API.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { ListenAddress } from "../../app/addresses.js";
import type { RecordOptions } from "../../app/record/record-options.js";
import { longestTtlMs } from "../../app/record/run-controls.js";
import { durationMs, eachValue, listenAddress } from "../common/values.js";

/** These options as commander gives them. */
export interface ControlFlags {
  readonly admin?: ListenAddress;
  readonly adminTokenFile?: string;
  readonly adminHost?: readonly string[];
  readonly rulesTtl?: number;
}

/** The options of the library made from them. */
export function controlsOf(flags: ControlFlags): Pick<RecordOptions, "admin" | "rulesTtlMs"> {
  const { admin, adminTokenFile, adminHost, rulesTtl } = flags;
  return {
    rulesTtlMs: rulesTtl,
    admin: admin === undefined ? undefined : { listen: admin, tokenFile: adminTokenFile, hosts: adminHost },
  };
}

const identities = (word: string, before: readonly string[] = []): readonly string[] => {
  const parts = word.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("The list has an empty name; write CP1,LAB-*.");
  return [...before, ...parts];
};

const ttlMs = (word: string): number => {
  const ms = durationMs(word);
  if (ms >= 1 && ms <= longestTtlMs) return ms;
  throw new InvalidArgumentError(`"${word}" is not between 1ms and 24h.`);
};

/** Adds the options of the controls. */
export function addControlOptions(command: Command): Command {
  return command
    .option("--disarmed", "read the rules of --rules without arming them")
    .addOption(new Option("--rules-ttl <time>", "disarm rules after this time, at most 24h").argParser(ttlMs))
    .addOption(
      new Option(
        "--fault-identities <list>",
        "let rules act only on these charge points: CP1,CP-*; repeat for more",
      ).argParser(identities),
    )
    .addOption(
      new Option(
        "--admin <address>",
        "[host:]port of the admin API (see: ctl); port 0 takes a free one",
      ).argParser(listenAddress),
    )
    .option(
      "--admin-token-file <file>",
      "file of the admin API's access token, made if missing (default: admin-token in --out)",
    )
    .addOption(
      new Option(
        "--admin-host <name>",
        "another host name by which the admin API may be called; repeat for more",
      ).argParser(eachValue),
    );
}
