// The options of `record`: their descriptions, their readers, and the options of the library made from them.

import { type Command, Option } from "commander";
import { type ListenPlace, readHeaderNames, readIdentityWord, readPathWord } from "../../app/addresses.js";
import type { RecordOptions } from "../../app/record/record-options.js";
import { relayLimits } from "../../relay/limits.js";
import { groupHelp, type HelpGroup } from "../common/help-groups.js";
import { asArgument, byteCount, csmsUrl, durationMs, listenPlaces, wholeNumber } from "../common/values.js";
import { addProductionOptions } from "../options/production-options.js";
import { addTlsOptions } from "../options/tls-options.js";
import { addControlOptions, type ControlFlags, controlsOf } from "./control-options.js";

/** Options that have the same value in the library. */
type SameOptions = Pick<
  RecordOptions,
  Exclude<keyof RecordOptions, "csms" | "listen" | "admin" | "rules" | "signal" | "onEvent" | "env">
>;

/** The options of `record` as commander gives them. */
export interface RecordFlags extends SameOptions, ControlFlags {
  readonly csms?: URL | "embedded";
  readonly listen?: readonly ListenPlace[];
  readonly out: string;
  readonly rules?: string;
  readonly hideHeader?: readonly string[];
  readonly maxFrame: number;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly handshakeTimeout: number;
  readonly live?: boolean;
  readonly json?: boolean;
}

/** The default of --listen. */
export const usualPlace: ListenPlace = { host: "127.0.0.1", port: 9310 };

/** The options of the library's `record`. */
export function recordOptionsOf(flags: RecordFlags, csms: URL | "embedded"): RecordOptions {
  const {
    listen = [usualPlace],
    rules,
    admin,
    hideHeader,
    maxFrame,
    connectTimeout,
    answerTimeout,
    handshakeTimeout,
  } = flags;
  const { live, admin: _admin, ...same } = flags;
  return {
    ...same,
    ...controlsOf(flags),
    csms,
    listen,
    liveRules: rules !== undefined || flags.faultsFrom !== undefined || admin !== undefined,
    watchRules: true,
    hideHeaders: hideHeader,
    maxFrameBytes: maxFrame,
    connectTimeoutMs: connectTimeout,
    answerTimeoutMs: answerTimeout,
    handshakeTimeoutMs: handshakeTimeout,
    lint: live,
    restoreNotes: { commandLine: process.argv.slice(2) },
  };
}

const helpGroups: readonly HelpGroup[] = [
  [
    "Everyday options",
    ...["csms", "listen", "out", "rules", "seed", "live", "json", "admin", "tls", "certs"],
  ],
  ["Cassettes and output", ...["hide-header", "max-frame", "on-record-error", "no-tui"]],
  ["Rules and faults", ...["faults-from", "disarmed", "rules-ttl", "fault-identities"]],
  ["Paths and names of chargers", ...["path", "identity-from", "forwarded", "keep-host", "csms-proxy"]],
  [
    "TLS and passwords of chargers",
    ...["tls-cert", "tls-key", "tls-min", "mtls", "client-ca", "bind-identity", "basic-auth"],
    ...["handshake-timeout", "max-handshakes"],
  ],
  [
    "TLS and passwords for the CSMS",
    ...["csms-ca", "csms-insecure", "csms-cert", "csms-key", "csms-cert-dir", "csms-mint", "csms-mint-ca"],
    ...["csms-connect", "csms-basic", "keylog"],
  ],
  ["Admin API", ...["admin-token-file", "admin-host"]],
  ["Production systems", ...["production", "to-production"]],
  ["Limits", ...["connect-timeout", "answer-timeout"]],
];

const addAddressingOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "-l, --listen <address>",
        "[ws://|wss://][host:]port where chargers connect; repeat for more; port 0 takes a free one (default: 127.0.0.1:9310)",
      ).argParser(listenPlaces),
    )
    .addOption(
      new Option(
        "--path <rule>",
        "the charger's path at the CSMS: append it to the path of --csms, keep it, or replace=/path",
      )
        .argParser((word) => asArgument(() => readPathWord(word)))
        .default({ kind: "append" }, "append"),
    )
    .addOption(
      new Option(
        "--identity-from <where>",
        "where a charger's identity is: path:-1 (last segment), path:N, query:NAME, basic, cert-cn, header:NAME or /regex/",
      )
        .argParser((word) => asArgument(() => readIdentityWord(word)))
        .default({ kind: "path", index: -1 }, "path:-1"),
    )
    .addOption(
      new Option(
        "--forwarded <how>",
        "X-Forwarded-For and PROXY protocol: add the charger's address for the CSMS, or trust the address that a client sends",
      )
        .choices(["off", "add", "trust"])
        .default("off"),
    )
    .option("--csms-proxy <url>", "reach the CSMS through this HTTP proxy: http://[user:password@]host:port")
    .option("--keep-host", "send the charger's Host header to the CSMS, not the host of --csms");

const headerNames = (word: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...asArgument(() => readHeaderNames(word)),
];

const addRunOptions = (command: Command): Command =>
  command
    .option("-o, --out <folder>", "folder of the cassettes", "recordings")
    .addOption(
      new Option(
        "--hide-header <name>",
        "hide the values of this HTTP header, like those of Authorization and Cookie; repeat for more",
      ).argParser(headerNames),
    )
    .option("-r, --rules <file>", "arm the fault rules of this file, or of preset:NAME (see: rules presets)")
    .option("--faults-from <cassette>", "repeat the faults of this cassette, decision by decision")
    .addOption(
      new Option("--seed <n>", "seed of the faults (default: that of the rule file, else 0)").argParser(
        wholeNumber(0),
      ),
    )
    .addOption(
      new Option("--max-frame <size>", "forward and record frames above this size in parts")
        .argParser(byteCount)
        .default(relayLimits.maxFrame, "16M"),
    )
    .addOption(
      new Option("--connect-timeout <time>", "time limit for connecting to the CSMS")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--answer-timeout <time>", "time limit for the CSMS's answer to an upgrade")
        .argParser(durationMs)
        .default(30_000, "30s"),
    )
    .addOption(
      new Option("--on-record-error <what>", "if a cassette cannot be written: continue with a gap, or stop")
        .choices(["continue", "stop"])
        .default("continue"),
    )
    .option("--live", "report defects, smells and events while recording, as lint does")
    .option("--no-tui", "print plain lines, which is the only output")
    .option("--json", "one JSON object per entry on stdout, messages on stderr");

/** Adds the options of `record`. */
export function addRecordOptions(command: Command): Command {
  command.addOption(
    new Option("-c, --csms <url>", "the CSMS: ws[s]://host[:port][/base], or embedded").argParser(csmsUrl),
  );
  addRunOptions(addAddressingOptions(command));
  addProductionOptions(addTlsOptions(addControlOptions(command)));
  return groupHelp(command, helpGroups);
}
