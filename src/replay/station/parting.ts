// How a run parts from the CSMS: what ends its transactions goes out first, and has a while for its answers; then
// the connections are closed. At the end of the plan, and where a run ends before that.

import { nsPerMs } from "../../base/time.js";
import type { Connections } from "./connections.js";
import type { Dialogue } from "./dialogue.js";
import type { Pacing } from "./run/pacing.js";
import type { WaitTimer } from "./run/wait-timer.js";

/** The parts of a run that its end concerns. */
export interface PartingParts {
  readonly dialogue: Dialogue;
  readonly connections: Connections;
  readonly pacing: Pacing;
  readonly timer: WaitTimer;
}

/** The word for a run that ends before its plan does. */
export type EarlyEnd = "interrupted" | "fail";

/** How long a run that ends early waits for the answers to what ends its transactions, at most. */
const goodbyeMs = 5000;

/** Parts from the CSMS. */
export class Parting {
  private readonly parts: PartingParts;
  private early: EarlyEnd | undefined;

  constructor(parts: PartingParts) {
    this.parts = parts;
  }

  /** Whether the run ends early, and what ends its transactions waits for its answers. */
  get isUnderWay(): boolean {
    return this.early !== undefined;
  }

  /** The word of an early end that has nothing to wait for any more. */
  get over(): EarlyEnd | undefined {
    return this.parts.dialogue.closing.isOwed ? undefined : this.early;
  }

  /** Ends the run early; a second time at once. Tells whether it is waited for answers. */
  leave(word: EarlyEnd, at: number): boolean {
    const { timer, pacing } = this.parts;
    if (this.early !== undefined || !this.closesTransactions(at)) return false;
    this.early = word;
    const ms = Math.min(goodbyeMs, pacing.options.timeoutMs);
    timer.set({ why: "goodbye", due: at + ms * nsPerMs }, at);
    return true;
  }

  /** Ends what is open, once; tells whether answers to that are waited for. */
  closesTransactions(at: number): boolean {
    const { dialogue, connections, pacing } = this.parts;
    if (dialogue.closeTransactions(connections.all, at)) pacing.sent(at);
    return dialogue.closing.isOwed;
  }
}
