// The end of a run: first it stops the transactions that it opened and waits a short time for the answers, then the
// connections are closed. At the end of the plan, and where a run ends early.

import { nsPerMs } from "../../base/time.js";
import type { Connections } from "./connections.js";
import type { Dialogue } from "./dialogue.js";
import type { Pacing } from "./run/pacing.js";
import type { WaitTimer } from "./run/wait-timer.js";

/** The parts of a run that its end uses. */
export interface ShutdownParts {
  readonly dialogue: Dialogue;
  readonly connections: Connections;
  readonly pacing: Pacing;
  readonly timer: WaitTimer;
}

/** The verdict of a run that ends before its plan does. */
export type EarlyEnd = "interrupted" | "fail";

/** The longest time that a run which ends early waits for the answers to what stops its transactions. */
const closingTransactionsMs = 5000;

/** Ends a run. */
export class Shutdown {
  private readonly parts: ShutdownParts;
  private early: EarlyEnd | undefined;

  constructor(parts: ShutdownParts) {
    this.parts = parts;
  }

  /** Whether the run ends early and waits for the answers to what stops its transactions. */
  get isRunning(): boolean {
    return this.early !== undefined;
  }

  /** The verdict of an early end that has nothing more to wait for. */
  get finishedWith(): EarlyEnd | undefined {
    return this.parts.dialogue.closing.isOwed ? undefined : this.early;
  }

  /** Ends the run early, a second time at once; gives whether there are answers to wait for. */
  begin(verdict: EarlyEnd, atNs: number): boolean {
    const { timer, pacing } = this.parts;
    if (this.early !== undefined || !this.endTransactions(atNs)) return false;
    this.early = verdict;
    const ms = Math.min(closingTransactionsMs, pacing.options.timeoutMs);
    timer.set({ why: "shutdown", dueNs: atNs + ms * nsPerMs }, atNs);
    return true;
  }

  /** Stops the transactions that are open, once; gives whether there are answers to wait for. */
  endTransactions(atNs: number): boolean {
    const { dialogue, connections, pacing } = this.parts;
    if (dialogue.closeTransactions(connections.all, atNs)) pacing.sent(atNs);
    return dialogue.closing.isOwed;
  }
}
