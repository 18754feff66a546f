// Manual pace: the operator sends the messages of a plan, one by one or all that are left.

import type { CallStep, OtherStep } from "../../plan/plan.js";
import type { NextStep } from "../../protocol.js";
import type { Pacing } from "./pacing.js";
import type { StationOutput } from "./station-output.js";
import type { StationWait } from "./wait-timer.js";

/** Counts the messages that the operator has released. */
export class ManualTurns {
  /** Messages that are released and not sent yet. */
  private released = 0;
  /** The step that was shown to the operator last. */
  private shown = -1;
  private readonly pacing: Pacing;
  private readonly output: StationOutput;

  constructor(pacing: Pacing, output: StationOutput) {
    this.pacing = pacing;
    this.output = output;
  }

  /** The operator releases the next message, or all of them. */
  release(all: boolean): void {
    this.released = all ? Number.POSITIVE_INFINITY : this.released + 1;
  }

  /** The wait of a message that is not released, which is shown to the operator once; undefined uses up one release. */
  wait(index: number, step: CallStep | OtherStep): StationWait | undefined {
    if (this.pacing.options.pace !== "manual" || this.take()) return undefined;
    const next = this.nextOnce(index, step);
    if (next !== undefined) this.output.push({ kind: "step", next });
    return { why: "step", dueNs: Number.POSITIVE_INFINITY };
  }

  private take(): boolean {
    if (this.released === 0) return false;
    this.released--;
    return true;
  }

  private nextOnce(index: number, step: CallStep | OtherStep): NextStep | undefined {
    if (this.shown === index) return undefined;
    this.shown = index;
    const { connection, type } = step;
    const [action, id] = step.kind === "call" ? [step.action, step.id] : [null, null];
    return { step: index, connection, type, action, id };
  }
}
