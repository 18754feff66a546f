// The output of `replay`: lines for people, JSON lines for programs.

import type { ReplayEvent, ReplayRunFacts } from "../../app/replay/replay-events.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import type { Outcome, StationReport } from "../../replay/protocol.js";
import { jsonLine, printable } from "../../text/printable.js";
import { type CliSession, raiseExitCode } from "../common/session.js";
import {
  comparedWords,
  countWords,
  forkCountWords,
  forkWords,
  getsLine,
  reportJson,
  unmetWords,
  verdictWords,
  waitingWords,
} from "../words/replay-words.js";

/** The output of a command. */
export interface OutputSettings {
  readonly session: CliSession;
  readonly json: boolean;
  /** Prints a line for people. */
  readonly say: (line: string) => void;
}

/** A line with a note. */
export const noteLine = ({ paint }: CliSession, message: string): string =>
  `  ${paint.dim("note")}       ${message}`;

/** The lines of a report for people. */
const reportLines = (report: StationReport, session: CliSession): readonly string[] => {
  switch (report.kind) {
    case "compared":
      return getsLine(report) ? comparedWords(report, session) : [];
    case "note":
      return [noteLine(session, printable(report.message, 300))];
    case "unmet":
      return [unmetWords(report, session)];
    case "waiting":
      return [waitingWords(report, session)];
    case "fork":
      return [forkWords(report, session)];
    case "sent":
    case "progress":
      return [];
  }
};

/** Prints the events of a command's replays. */
export class ReplayOutput {
  private readonly settings: OutputSettings;
  /** With --against, how each CSMS compares with the recording is not printed. */
  private readonly isAgainst: boolean;

  constructor(settings: OutputSettings, isAgainst: boolean) {
    this.settings = settings;
    this.isAgainst = isAgainst;
  }

  /** Prints an event. */
  onEvent(event: ReplayEvent): void {
    const { session, say } = this.settings;
    switch (event.kind) {
      case "begin":
        this.begin(event.run);
        return;
      case "report":
        this.report(event.run, event.report);
        return;
      case "conclude":
        this.conclude(event.run, this.isAgainst ? { ...event.outcome, forks: [] } : event.outcome);
        return;
      case "notice":
        say(event.message);
        return;
      case "note":
        say(noteLine(session, printable(event.message, 300)));
        return;
      case "warning":
        session.err(`ocpp-vcr: ${event.message}`);
        return;
      case "transcript-failed":
        session.err(`ocpp-vcr: the transcript ${event.path} cannot be written: ${event.error.message}`);
        raiseExitCode(session, 1);
        return;
      case "wait-output":
        session.err(printable(event.line));
        return;
    }
  }

  private begin({ recording, identity, csms, run }: ReplayRunFacts): void {
    const who = `${printable(identity, 60)} against ${printable(hideUserinfo(csms.href))}`;
    this.settings.say(`${printable(recording.path)}: ${who}, run ${run}`);
  }

  private report({ recording }: ReplayRunFacts, report: StationReport): void {
    const { session, json, say } = this.settings;
    if (this.isAgainst && (report.kind === "compared" || report.kind === "fork")) return;
    if (json) {
      const line = report.kind === "progress" ? undefined : reportJson(report, recording.path);
      if (line !== undefined) session.out(jsonLine(line));
      return;
    }
    for (const line of reportLines(report, session)) say(line);
    if (report.kind === "progress" && process.stderr.isTTY)
      process.stderr.write(`  ${report.done} of ${report.of} steps\r`);
  }

  private conclude({ recording, identity, csms, run, seed }: ReplayRunFacts, outcome: Outcome): void {
    const { session, json, say } = this.settings;
    const { verdict, reason, counts, forks, fingerprint, bytes } = outcome;
    if (verdict === "interrupted") {
      say(`  interrupted: ${countWords(counts)}`);
      return;
    }
    if (json) {
      const facts = { cassette: recording.path, identity, csms: hideUserinfo(csms.href), reason, run, seed };
      session.out(jsonLine({ event: "verdict", verdict, fingerprint, bytes, counts, forks, ...facts }));
    }
    for (const fork of forks) say(forkCountWords(fork));
    say(`  ${countWords(counts)}`);
    say(`  ${verdictWords(outcome, session)}`);
  }
}
