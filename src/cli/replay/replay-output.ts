// Who hears of a replay: words for people, JSON lines for programs, the transcript for later. Each is told of every
// cassette's beginning, reports and end; a new form of output is one more listener in the list at the end.

import type { Recording } from "../../app/replay/read-recording.js";
import { hideUserinfo } from "../../cassette/hide-secrets.js";
import type { Outcome, StationReport } from "../../replay/protocol.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import {
  comparedWords,
  countWords,
  forkCountWords,
  forkWords,
  isWorthALine,
  reportJson,
  unmetWords,
  verdictWords,
  waitingWords,
} from "../words/replay-words.js";

/** One replay of one cassette. */
export interface ReplayRunFacts {
  readonly recording: Recording;
  /** The identity that is dialled with. */
  readonly identity: string;
  readonly csms: URL;
  /** The number of the run, and the seed, that made ids depend on. */
  readonly run: number;
  readonly seed: number;
}

/** Hears of the replays of one command. */
export interface ReplayListener {
  begin?(run: ReplayRunFacts): void;
  report?(run: ReplayRunFacts, report: StationReport): void;
  conclude?(run: ReplayRunFacts, outcome: Outcome): void;
  /** A cassette could not be replayed at all. */
  refuse?(cassette: string, reason: string): void;
  /** All cassettes are through, or the command is given up. */
  end?(): void | Promise<void>;
}

/** What the listeners are made from. */
export interface ListenerSettings {
  readonly session: CliSession;
  readonly json: boolean;
  /** Says a line to people. */
  readonly say: (line: string) => void;
}

/** What a person is told of a report. */
const reportLines = (report: StationReport, session: CliSession): readonly string[] => {
  switch (report.kind) {
    case "compared":
      return isWorthALine(report) ? comparedWords(report, session) : [];
    case "note":
      return [`  ${session.paint.dim("note")}       ${printable(report.message, 300)}`];
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

const wordsListener = ({ session, json, say }: ListenerSettings): ReplayListener => ({
  begin: ({ recording, identity, csms, run }) => {
    const who = `${printable(identity, 60)} against ${printable(hideUserinfo(csms.href))}`;
    say(`${printable(recording.path)}: ${who}, run ${run}`);
  },
  report: (_run, report) => {
    if (json) return;
    for (const line of reportLines(report, session)) say(line);
    if (report.kind === "progress" && process.stderr.isTTY)
      process.stderr.write(`  ${report.done} of ${report.of} steps\r`);
  },
  conclude: (_run, outcome) => {
    if (outcome.verdict === "interrupted") {
      say(`  interrupted: ${countWords(outcome.counts)}`);
      return;
    }
    for (const fork of outcome.forks) say(forkCountWords(fork));
    say(`  ${countWords(outcome.counts)}`);
    say(`  ${verdictWords(outcome, session)}`);
  },
});

const jsonListener = ({ session }: ListenerSettings): ReplayListener => ({
  report: ({ recording }, report) => {
    const line = report.kind === "progress" ? undefined : reportJson(report, recording.path);
    if (line !== undefined) session.out(jsonLine(line));
  },
  conclude: ({ recording, identity, csms, run, seed }, outcome) => {
    const { verdict, reason, counts, forks, fingerprint, bytes } = outcome;
    if (verdict === "interrupted") return;
    const facts = { cassette: recording.path, identity, csms: hideUserinfo(csms.href), reason, run, seed };
    session.out(jsonLine({ event: "verdict", verdict, fingerprint, bytes, counts, forks, ...facts }));
  },
});

/** The listeners that a command's options ask for. */
export function replayListeners(settings: ListenerSettings): readonly ReplayListener[] {
  return [...(settings.json ? [jsonListener(settings)] : []), wordsListener(settings)];
}
