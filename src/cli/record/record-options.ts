// The options of `record`, apart from those about TLS, and how their words are read.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { TlsOptions } from "../../app/tls-plan.js";
import type { Forwarded } from "../../io/proxy/charger-addressing.js";
import { relayLimits } from "../../relay/limits.js";
import { type IdentitySource, lastSegment, readIdentitySource } from "../../wire/http/identity-source.js";
import { type PathRule, readPathRule } from "../../wire/http/target.js";
import {
  byteCount,
  csmsUrl,
  durationMs,
  type ListenAddress,
  listenAddress,
  wholeNumber,
} from "../common/values.js";
import { addProductionOptions, type ProductionOptions } from "../options/production-options.js";
import { addTlsOptions } from "../options/tls-options.js";
import { addControlOptions, type ControlOptions } from "./record-admin.js";

/** Where to listen, and what to speak there; without a scheme that is as --tls says. */
export interface ListenPlace extends ListenAddress {
  readonly scheme: "ws" | "wss" | undefined;
}

/** What `record` is told. */
export interface RecordOptions extends TlsOptions, ControlOptions, ProductionOptions {
  readonly csms?: URL | "embedded";
  readonly listen?: readonly ListenPlace[];
  readonly out: string;
  readonly rules?: string;
  readonly faultsFrom?: string;
  readonly seed?: number;
  readonly keepHost?: boolean;
  readonly path: PathRule;
  readonly identityFrom: IdentitySource;
  readonly forwarded: Forwarded;
  readonly csmsProxy?: string;
  readonly maxFrame: number;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly onRecordError: "continue" | "stop";
  readonly live?: boolean;
  readonly json?: boolean;
}

/** Where `record` listens unless it is told otherwise. */
export const usualPlaces: readonly ListenPlace[] = [
  { ...listenAddress("127.0.0.1:9310"), scheme: undefined },
];

const listenPlace = (word: string): ListenPlace => {
  const [, scheme, rest = ""] = /^(?:(wss?):\/\/)?(.*?)\/?$/.exec(word.trim()) ?? [];
  return { ...listenAddress(rest), scheme: scheme === "ws" || scheme === "wss" ? scheme : undefined };
};

/** Reads one `--listen`; several may stand in one word, with commas. */
export function listenPlaces(word: string, before: readonly ListenPlace[] = []): readonly ListenPlace[] {
  return [...before, ...word.split(",").map(listenPlace)];
}

const pathRule = (word: string): PathRule => {
  const rule = readPathRule(word);
  if (rule === undefined)
    throw new InvalidArgumentError(`"${word}" is no rule; write append, keep or replace=/path.`);
  return rule;
};

const identitySource = (word: string): IdentitySource => {
  const reading = readIdentitySource(word);
  if (reading.kind === "wrong") throw new InvalidArgumentError(`${reading.message}.`);
  return reading.source;
};

const addAddressingOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "-l, --listen <address>",
        "[ws://|wss://][host:]port to listen on; repeat for more; port 0 picks one (default: 127.0.0.1:9310)",
      ).argParser(listenPlaces),
    )
    .addOption(
      new Option(
        "--path <rule>",
        "the charger's path at the CSMS: append (to --csms's), keep, or replace=/path",
      )
        .argParser(pathRule)
        .default({ kind: "append" }, "append"),
    )
    .addOption(
      new Option(
        "--identity-from <where>",
        "a charger's name: path:-1 (last segment), path:N, query:NAME, basic, cert-cn, header:NAME or /regex/",
      )
        .argParser(identitySource)
        .default(lastSegment, "path:-1"),
    )
    .addOption(
      new Option(
        "--forwarded <how>",
        "X-Forwarded-For: add it for the CSMS, or trust it, and PROXY protocol headers, from whoever connects",
      )
        .choices(["off", "add", "trust"])
        .default("off"),
    )
    .option("--csms-proxy <url>", "an HTTP proxy on the way to the CSMS: http://[user:password@]host:port")
    .option("--keep-host", "pass the charger's Host on instead of the CSMS's");

/** Adds the options of `record`. */
export function addRecordOptions(command: Command): Command {
  command.addOption(
    new Option("-c, --csms <url>", "the CSMS: ws[s]://host[:port][/base], or embedded").argParser(csmsUrl),
  );
  addAddressingOptions(command)
    .option("-o, --out <folder>", "where the cassettes go", "recordings")
    .option("-r, --rules <file>", "arm the fault rules of this file, or of preset:NAME (see rules presets)")
    .option("--faults-from <cassette>", "do the faults that this cassette shows again, decision for decision")
    .addOption(
      new Option("--seed <n>", "seed of the faults (default: the rule file's, else 0)").argParser(
        wholeNumber(0),
      ),
    )
    .addOption(
      new Option("--max-frame <size>", "frames above this are forwarded and recorded in parts")
        .argParser(byteCount)
        .default(relayLimits.maxFrame, "16M"),
    )
    .addOption(
      new Option("--connect-timeout <time>", "for a connection to the CSMS")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--answer-timeout <time>", "for the CSMS's answer to an upgrade")
        .argParser(durationMs)
        .default(30_000, "30s"),
    )
    .addOption(
      new Option("--on-record-error <what>", "when a cassette cannot be written")
        .choices(["continue", "stop"])
        .default("continue"),
    );
  addControlOptions(command);
  return addProductionOptions(addTlsOptions(command))
    .option("--live", "tell defects, smells and events while recording, as lint would")
    .option("--no-tui", "plain lines (the only output there is yet)")
    .option("--json", "one JSON object per entry on stdout, words on stderr");
}
