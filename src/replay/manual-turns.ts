// Manual pace: a person lets the messages of a plan go, one by one or all that are left. Counts and nothing else.

import type { CallStep, OtherStep } from "./plan.js";
import type { NextStep } from "./protocol.js";

/** Counts whose turn it is. */
export class ManualTurns {
  /** Messages that a person let go and that have not gone yet. */
  private released = 0;
  /** The step that the person was told of. */
  private shown = -1;

  /** A person lets the next message go, or all. */
  release(all: boolean): void {
    this.released = all ? Number.POSITIVE_INFINITY : this.released + 1;
  }

  /** Whether the message may go; that is one turn. */
  take(): boolean {
    if (this.released === 0) return false;
    this.released--;
    return true;
  }

  /** What a person is told of the message that waits; undefined after the first time. */
  tell(index: number, step: CallStep | OtherStep): NextStep | undefined {
    if (this.shown === index) return undefined;
    this.shown = index;
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    return { step: index, connection, type, action, id };
  }
}
