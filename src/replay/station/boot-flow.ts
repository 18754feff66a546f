// A station whose boot was not accepted: what its plan waits for, and when the boot is sent again. How often and after
// how long is decided in boot-retries; this file connects that with the run.

import type { ReceivedAnswer } from "../received-message.js";
import { BootRetries } from "./boot-retries.js";
import type { Connections } from "./connections.js";
import type { Dialogue } from "./dialogue.js";
import type { Pacing } from "./run/pacing.js";
import type { StationOutput } from "./run/station-output.js";
import type { StationWait } from "./run/wait-timer.js";

/** The parts of a run that a boot retry uses. */
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

  /** What every step waits for while the boot is not accepted; undefined when the plan may go on. */
  get wait(): StationWait | undefined {
    const retry = this.retries.current;
    if (retry === undefined) return undefined;
    const { connections, pacing } = this.parts;
    if (connections.get(retry.connection)?.state !== "open" || pacing.skipsWaits) {
      this.retries.giveUp();
      return undefined;
    }
    return retry.isSent ? { why: "answer", dueNs: pacing.answerDueNs } : { why: "boot", dueNs: retry.dueNs };
  }

  /** Sends the boot again; the interval is over. */
  resend(atNs: number): void {
    const retry = this.retries.current;
    const { dialogue, connections, pacing, output } = this.parts;
    const link = retry === undefined ? undefined : connections.get(retry.connection);
    if (retry === undefined || link === undefined) return;
    this.retries.sent();
    pacing.progress(atNs);
    dialogue.values.atNs = atNs;
    dialogue.addExtra(retry.connection, retry.step, "boot");
    output.note("made", "an extra BootNotification is sent, because the boot was not accepted");
    dialogue.sendExtra(link, atNs);
    pacing.sent(atNs, true);
  }

  /** Stops waiting for answers. */
  giveUp(): void {
    this.retries.giveUp();
  }

  private answered(step: number, answer: ReceivedAnswer): void {
    const decision = this.retries.answered(step, answer);
    const { dialogue, output } = this.parts;
    if (decision === "accepted") dialogue.forks.bootAccepted();
    if (decision === "given up")
      output.note("boot", "the boot was not accepted; the rest of the plan is sent all the same");
  }
}
