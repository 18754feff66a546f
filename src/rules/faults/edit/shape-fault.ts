// What the faults that shape a stream have in common: which way, for how long, and the action for the relay.

import type { Direction } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, optional, type Setting, word } from "../../../yaml/settings.js";
import type { FaultInput, FaultOutcome } from "../../contract/fault.js";
import type { StreamShape } from "../../contract/shape.js";

/** Which of the two streams of a connection, and for how long. */
export interface ShapeSpan {
  readonly direction: ShapedDirection;
  readonly for: number | undefined;
}

/** One direction, or both. */
export type ShapedDirection = Direction | "both";

const directions: readonly ShapedDirection[] = ["both", "cp-to-csms", "csms-to-cp"];

/** The setting that says which way. */
export function directionField(fallback: ShapedDirection = "both"): Setting<ShapedDirection> {
  return word("which way it acts", directions, fallback);
}

/** The setting that says for how long. */
export const forField: Setting<number | undefined> = optional(
  duration("after which it is over; to the end of the connection if it is left out"),
);

/** Has the relay shape what passes from now on; the message itself goes out as it is. */
export function shapes(
  { copies, draw }: FaultInput,
  outcome: string,
  span: Partial<ShapeSpan>,
  shape: StreamShape,
): FaultOutcome {
  const { direction = "both", for: lastsMs } = span;
  return { outcome, copies, draw: null, actions: [{ kind: "shape", direction, shape, lastsMs, draw }] };
}

/** The end of a sentence about a shape: ` from the charge point for 30 s`. */
export function spanWords({ direction, for: lasts }: ShapeSpan): string {
  const way =
    direction === "both"
      ? ""
      : ` ${direction === "cp-to-csms" ? "towards the CSMS" : "towards the charge point"}`;
  return `${way}${lasts === undefined ? "" : ` for ${durationWords(lasts)}`}`;
}
