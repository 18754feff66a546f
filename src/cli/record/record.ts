// `ocpp-vcr record`: runs the recording proxy of app/record until the program is asked to stop.

import type { Command } from "commander";
import { shownUrl } from "../../app/addresses.js";
import { startRecording } from "../../app/record/record.js";
import { VcrError } from "../../base/errors.js";
import { jsonLine } from "../../text/printable.js";
import { type CliSession, endSoon, raiseExitCode } from "../common/session.js";
import { confirmedHost } from "../options/production-options.js";
import { addRecordOptions, type RecordFlags, recordOptionsOf } from "./record-options.js";
import { RecordOutput } from "./record-output.js";
import { endLines, readyLines } from "./record-words.js";

const csmsOf = ({ csms }: RecordFlags): URL | "embedded" => {
  if (csms !== undefined) return csms;
  throw new VcrError(
    "USAGE",
    "record needs --csms",
    "Write --csms ws://host:port/base for a real CSMS, or --csms embedded for the built-in one (a charger would send its offline queue to it).",
  );
};

const run = async (session: CliSession, flags: RecordFlags, command: Command): Promise<void> => {
  const csms = csmsOf(flags);
  const options = recordOptionsOf(flags, csms);
  if (options.liveRules === true) confirmedHost(command);
  const output = new RecordOutput(session, flags.json === true);
  const asked = session.untilStopped();
  const proxy = await startRecording({ ...options, env: session.env, onEvent: output.onEvent });
  const target = csms === "embedded" ? `the embedded CSMS (${proxy.csms.href})` : shownUrl(proxy.csms);
  for (const line of readyLines(proxy, { ...flags, target })) output.say(line);
  if (flags.json === true && proxy.admin !== undefined) {
    const { url, tokenPath } = proxy.admin;
    session.out(jsonLine({ event: "admin", url, tokenFile: tokenPath ?? null }));
  }
  await Promise.race([asked, proxy.closed]);
  const summary = await proxy.close().finally(() => endSoon(session));
  for (const line of endLines(summary, proxy.warnings)) output.say(line);
  if (!summary.isComplete) raiseExitCode(session, 1);
};

const examples = `
Examples:
  ocpp-vcr record --csms ws://csms.example:8080/ocpp --listen 0.0.0.0:9310
  ocpp-vcr record --csms wss://csms.example/ocpp --listen ws://:80 --listen wss://:443
  ocpp-vcr record --csms embedded --rules examples/lose-start-answer.yaml --seed 7
  ocpp-vcr record --csms wss://csms.example --production --rules faults.yaml --to-production csms.example
  ocpp-vcr record --csms ws://127.0.0.1:9000 --faults-from recordings/CP1/faulted.cassette
  ocpp-vcr record --csms ws://127.0.0.1:9000 --listen 0 --json
  ocpp-vcr record --csms ws://127.0.0.1:9000 --admin 9311 --rules examples/lose-start-answer.yaml --disarmed
  ocpp-vcr record --csms ws://127.0.0.1:9000 --rules examples/lose-start-answer.yaml --rules-ttl 10m --fault-identities CP1,LAB-*

Ctrl-C ends it: connections are closed and cassettes completed. All options are explained in docs/reference/record.md.

Exit codes: 0 ok, 1 a cassette has gaps, 2 usage, 3 cannot listen.`;

/** Adds `record` to the program. */
export function registerRecord(program: Command, session: CliSession): void {
  addRecordOptions(
    program
      .command("record")
      .description(
        "Run a proxy between charge points and their CSMS that forwards every byte unchanged and records it.",
      ),
  )
    .addHelpText("after", examples)
    .action((flags: RecordFlags, command: Command) => run(session, flags, command));
}
