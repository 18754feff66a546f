// A station whose boot was not accepted: what it waits for, and when it sends the boot again. How often and how
// long is boot-retries'; this file only connects that with the run.

import type { ReceivedAnswer } from "../received-message.js";
import { BootRetries } from "./boot-retries.js";
import type { Connections } from "./connections.js";
import type { Dialogue } from "./dialogue.js";
import type { Pacing } from "./run/pacing.js";
import type { StationOutput } from "./run/station-output.js";
import type { StationWait } from "./run/wait-timer.js";

/** The parts of a run that a boot concerns. */
export interface BootParts {
  readonly dialogue: Dialogue;
  readonly connections: Connections;
  readonly pacing: Pacing;
  readonly output: StationOutput;
}

/** Holds the plan while a boot is not accepted. */
export class BootFlow {
  private readonly parts: BootParts;
  private readonly retries: BootRetries;

  constructor(parts: BootParts) {
    this.parts = parts;
    this.retries = new BootRetries(parts.pacing.options.timeoutMs);
    parts.dialogue.bootAnswered = (step, answer) => this.answered(step, answer);
  }

  /** What every step waits for while the boot is not accepted; undefined when it may be done. */
  get wait(): StationWait | undefined {
    const retry = this.retries.current;
    if (retry === undefined) return undefined;
    const { connections, pacing } = this.parts;
    if (connections.get(retry.connection)?.state !== "open" || pacing.isHurried) {
      this.retries.giveUp();
      return undefined;
    }
    return retry.isSent ? { why: "answer", due: pacing.answerDue } : { why: "boot", due: retry.due };
  }

  /** The interval is over: the boot is sent again. */
  sendAgain(at: number): void {
    const retry = this.retries.current;
    const { dialogue, connections, pacing, output } = this.parts;
    const link = retry === undefined ? undefined : connections.get(retry.connection);
    if (retry === undefined || link === undefined) return;
    this.retries.sent();
    pacing.progress(at);
    dialogue.values.at = at;
    dialogue.make(retry.connection, retry.step, "boot");
    output.note("made", "a BootNotification is sent beside the plan, because it was not accepted");
    dialogue.sendMade(link, at);
    pacing.sent(at, true);
  }

  /** Answers are waited for no more. */
  giveUp(): void {
    this.retries.giveUp();
  }

  private answered(step: number, answer: ReceivedAnswer): void {
    const word = this.retries.answered(step, answer);
    const { dialogue, output } = this.parts;
    if (word === "accepted") dialogue.forks.bootAccepted();
    if (word === "given up") output.note("boot", "the boot was not accepted; the rest is sent nevertheless");
  }
}
