// What a station gives out while it handles one event: commands for its shell, in their order, and the counts of what
// became of its messages.

import type { Entry } from "../../../cassette/format/entry.js";
import type { Compared, Fork, StationCommand, StationReport } from "../../protocol.js";
import { Judge, type Judgement, plainJudgement } from "../../verdict/judgement.js";
import { Tally } from "../../verdict/verdict.js";

/** Unexpected messages that are reported one by one; more are only counted. */
export const maxUnexpectedReported = 1000;

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

  /** Counts and reports a fork. */
  fork(fork: Fork): void {
    this.tally.fork();
    this.report(fork);
  }

  /** Judges, counts and reports a compared message; `owed`: its absence fails the run. */
  compared(raw: Compared, owed = false): void {
    const compared = this.judge.judge(raw, owed);
    this.tally.add(compared, owed);
    if (compared.result === "unexpected") {
      this.unexpected++;
      if (this.unexpected === maxUnexpectedReported + 1)
        this.note("too-many", "further unexpected messages are only counted");
      if (this.unexpected > maxUnexpectedReported) return;
    }
    this.report(compared);
  }

  /** Counts and reports the expected failures that did not occur. */
  unmet(): void {
    for (const unmet of this.judge.unmet()) {
      this.tally.addUnmet();
      this.report(unmet);
    }
  }

  /** Takes out the commands that have been collected. */
  take(): readonly StationCommand[] {
    const { commands } = this;
    this.commands = [];
    return commands;
  }
}
