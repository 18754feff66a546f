// The output of `record` during a run: lines for people, JSON lines for programs.

import { waysFor } from "../../app/record/listeners.js";
import type { RecordEvent, RecordListener } from "../../app/record/record-events.js";
import { errorTrace } from "../../base/errors.js";
import type { Entry } from "../../cassette/format/entry.js";
import { entryToJson } from "../../cassette/format/entry-json.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { findingJson, findingLine } from "../words/lint-words.js";

const decisionLine = (entry: Extract<Entry, { kind: "decision" }>, identity: string | null): string => {
  const what = `${entry.type} ${entry.action ?? ""}`.trim();
  return `${printable(identity ?? "?", 60)}: rule ${entry.rule}: ${printable(what, 80)} ${entry.direction} ${entry.outcome}`;
};

const listeningJson = (listener: RecordListener): object => {
  const { url, asks } = listener;
  const ways = waysFor(listener).map(({ url: way, on, within, named }) => ({
    url: way,
    interface: on ?? null,
    within,
    named: named ?? null,
  }));
  return { event: "listening", url, ways, asks };
};

/** The JSON object of an event; undefined for events that are only printed for people. */
const jsonOf = (event: RecordEvent): object | undefined => {
  switch (event.kind) {
    case "entry":
      return { identity: event.identity, ...entryToJson(event.entry) };
    case "finding":
      return { event: "finding", identity: event.identity, ...findingJson(event.finding) };
    case "rules":
      return { event: event.change.code, message: event.change.message, ids: event.change.ids };
    default:
      return undefined;
  }
};

/** Prints the events of one run. */
export class RecordOutput {
  private readonly session: CliSession;
  private readonly json: boolean;
  private hasFailed = false;

  constructor(session: CliSession, json: boolean) {
    this.session = session;
    this.json = json;
  }

  /** Prints a line for people: on stdout, or with --json on stderr. */
  readonly say = (line: string): void => (this.json ? this.session.err : this.session.out)(line);

  /** Prints an event. */
  readonly onEvent = (event: RecordEvent): void => {
    this.printWords(event);
    if (this.json) this.printJson(event);
  };

  private printJson(event: RecordEvent): void {
    // Never left out, because programs wait for it.
    if (event.kind === "listening") this.session.out(jsonLine(listeningJson(event.listener)));
    const object = jsonOf(event);
    if (object !== undefined) this.session.tick(jsonLine(object));
  }

  private printWords(event: RecordEvent): void {
    const { session, json, say } = this;
    switch (event.kind) {
      case "entry":
        if (event.entry.kind === "decision") say(decisionLine(event.entry, event.identity));
        return;
      case "finding":
        if (!json) say(`${printable(event.identity, 60)}: ${findingLine(event.finding)}`);
        return;
      case "connectivity": {
        const line = `${printable(event.identity, 60)}: ${event.message}`;
        // Colours are for stdout.
        say(event.notice.kind === "accepted" && !json ? session.paint.bold(line) : line);
        return;
      }
      case "rules": {
        const line = printable(event.change.message, 1000);
        if (event.change.code === "rules-refused") session.err(`ocpp-vcr: ${line}`);
        else say(line);
        return;
      }
      case "billing-risk":
        say(`warning: rule ${event.rule}: ${event.message}`);
        return;
      case "notice":
        say(event.message);
        return;
      case "warning":
        session.err(`ocpp-vcr: ${event.message}`);
        return;
      case "write-failed":
        this.printFailure(event);
        return;
      case "internal-error":
        session.err(`ocpp-vcr: internal error, please report it with this trace: ${errorTrace(event.error)}`);
        return;
      case "listening":
        return;
    }
  }

  private printFailure({ path, error, lost }: Extract<RecordEvent, { kind: "write-failed" }>): void {
    const { session } = this;
    if (!this.hasFailed)
      session.err(
        `ocpp-vcr: cannot write ${path}: ${error.message}; the traffic continues, the cassette has a gap`,
      );
    if (lost > 0) session.err(`ocpp-vcr: ${lost} entries of ${path} are lost`);
    this.hasFailed = true;
  }
}
