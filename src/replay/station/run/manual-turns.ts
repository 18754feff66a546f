// Manual pace: a person lets the messages of a plan go, one by one or all that are left. Counts and tells, and nothing
// else.

import type { CallStep, OtherStep } from "../../plan/plan.js";
import type { NextStep } from "../../protocol.js";
import type { Pacing } from "./pacing.js";
import type { StationOutput } from "./station-output.js";
import type { StationWait } from "./wait-timer.js";

/** Counts whose turn it is. */
export class ManualTurns {
  /** Messages that a person let go and that have not gone yet. */
  private released = 0;
  /** The step that the person was told of. */
  private shown = -1;
  private readonly pacing: Pacing;
  private readonly output: StationOutput;

  constructor(pacing: Pacing, output: StationOutput) {
    this.pacing = pacing;
    this.output = output;
  }

  /** A person lets the next message go, or all. */
  release(all: boolean): void {
    this.released = all ? Number.POSITIVE_INFINITY : this.released + 1;
  }

  /** The wait of a message whose turn it is not; a person is told of it once. Else that is one turn. */
  wait(index: number, step: CallStep | OtherStep): StationWait | undefined {
    if (this.pacing.options.pace !== "manual" || this.take()) return undefined;
    const next = this.tell(index, step);
    if (next !== undefined) this.output.push({ kind: "step", next });
    return { why: "step", due: Number.POSITIVE_INFINITY };
  }

  private take(): boolean {
    if (this.released === 0) return false;
    this.released--;
    return true;
  }

  private tell(index: number, step: CallStep | OtherStep): NextStep | undefined {
    if (this.shown === index) return undefined;
    this.shown = index;
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    return { step: index, connection, type, action, id };
  }
}
