// What the faults that shape a byte stream share: their settings, the action for the relay, and words for sentences.

import type { Direction } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, optional, type Setting, word } from "../../../yaml/settings.js";
import type { ExplainTarget, FaultInput, FaultOutcome } from "../../contract/fault.js";
import type { StreamShape } from "../../contract/shape.js";

/** Which of the two streams of a connection a fault shapes, and for how many milliseconds. */
export interface ShapeSpan {
  readonly direction: ShapedDirection;
  /** Undefined: until the connection ends. */
  readonly for: number | undefined;
}

/** One direction, or both. */
export type ShapedDirection = Direction | "both";

const directions: readonly ShapedDirection[] = ["both", "cp-to-csms", "csms-to-cp"];

/** The setting for the direction. */
export function directionField(): Setting<ShapedDirection> {
  return word("the direction that it affects", directions, "both");
}

/** The setting for the time after which the fault ends. */
export const forField: Setting<number | undefined> = optional(
  duration("how long it lasts; until the end of the connection by default"),
);

/** The outcome of a fault that lets the relay shape all later data. The message itself is not changed. */
export function shapes(
  { copies, draw }: FaultInput,
  outcome: string,
  span: Partial<ShapeSpan>,
  shape: StreamShape,
): FaultOutcome {
  const { direction = "both", for: lastsMs } = span;
  return { outcome, copies, draw: null, actions: [{ kind: "shape", direction, shape, lastsMs, draw }] };
}

/** `from the charge point to the CSMS`, or the other way. */
export function directionWords(direction: Direction): string {
  return direction === "cp-to-csms"
    ? "from the charge point to the CSMS"
    : "from the CSMS to the charge point";
}

/** The end of a sentence: `, only from the charge point to the CSMS, for 30 s`. */
export function spanWords({ direction, for: lastsMs }: ShapeSpan): string {
  const only = direction === "both" ? "" : `, only ${directionWords(direction)}`;
  return `${only}${lastsMs === undefined ? "" : `, for ${durationWords(lastsMs)}`}`;
}

/** The stream that a fault shapes: the connection itself, or that of a message from the message on. */
export function streamWords({ point, words }: ExplainTarget): string {
  return point === "message" ? `the connection after ${words}` : words;
}
