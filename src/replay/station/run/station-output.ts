// What a station has to say while it takes one event: commands for its shell, in their order, and the count of
// what its messages came to.

import type { Entry } from "../../../cassette/format/entry.js";
import type { Compared, Fork, StationCommand, StationReport } from "../../protocol.js";
import { Judge, type Judgement, plainJudgement } from "../../verdict/judgement.js";
import { Tally } from "../../verdict/verdict.js";

/** Unexpected messages that are told one by one; more are only counted. */
export const mostUnexpectedTold = 1000;

/** Collects commands. */
export class StationOutput {
  readonly tally: Tally = new Tally();
  private commands: StationCommand[] = [];
  private unexpected = 0;
  private readonly judge: Judge;

  constructor(judgement: Judgement = plainJudgement) {
    this.judge = new Judge(judgement);
  }

  push(command: StationCommand): void {
    this.commands.push(command);
  }

  record(entry: Entry): void {
    this.push({ kind: "record", entry });
  }

  report(report: StationReport): void {
    this.push({ kind: "report", report });
  }

  note(code: string, message: string): void {
    this.report({ kind: "note", code, message });
  }

  /** Tells of an answer after which a station would have gone another way. */
  fork(fork: Fork): void {
    this.tally.fork();
    this.report(fork);
  }

  /** Counts and tells what became of a message; `owed`: its absence fails the run. */
  compared(raw: Compared, owed = false): void {
    const compared = this.judge.on(raw, owed);
    this.tally.add(compared, owed);
    if (compared.result === "unexpected") {
      this.unexpected++;
      if (this.unexpected === mostUnexpectedTold + 1)
        this.note("too-many", "further unexpected messages are only counted");
      if (this.unexpected > mostUnexpectedTold) return;
    }
    this.report(compared);
  }

  /** Counts and tells the expected failures that did not come. */
  unmet(): void {
    for (const unmet of this.judge.unmet()) {
      this.tally.addUnmet();
      this.report(unmet);
    }
  }

  /** The commands since the last time. */
  take(): readonly StationCommand[] {
    const { commands } = this;
    this.commands = [];
    return commands;
  }
}
