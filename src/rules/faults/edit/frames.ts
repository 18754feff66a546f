// What frame faults share: they split the copies of a message into frames, edit each different copy once, and join the
// result again. If the bytes are not frames, the outcome says so and the bytes stay.

import { concat } from "../../../base/bytes.js";
import type { Direction } from "../../../base/direction.js";
import {
  encodeFrame,
  type FrameParts,
  type FrameView,
  frameView,
  isControl,
  ownMask,
  payloadOf,
  readHeader,
} from "../../../wire/websocket/frame.js";
import type { FaultInput, FaultOutcome } from "../../contract/fault.js";

/** The data frames of a message; there is at least one. */
export interface DataFrames {
  readonly frames: readonly FrameView[];
  readonly first: FrameView;
  readonly last: FrameView;
}

/** Why a fault cannot be applied: the text after `not applied: `. */
export interface Refusal {
  readonly cannot: string;
}

/** The bytes of the new frames, or why there are none. */
export type Reframed = readonly Uint8Array[] | Refusal;

/** The outcome of a fault that could not act: the copies stay. */
export function notApplied({ copies }: FaultInput, why: string): FaultOutcome {
  return { outcome: `not applied: ${why}`, copies, draw: null };
}

/**
 * Edits every copy in the same way. `done` is the outcome if at least one could be edited. Control frames that an earlier
 * fault put before the message stay there.
 */
export function reframe(
  input: FaultInput,
  done: string,
  draw: number | null,
  edit: (data: DataFrames) => Reframed,
): FaultOutcome {
  const { copies } = input;
  const made = new Map<Uint8Array, Uint8Array | Refusal>();
  for (const copy of copies) if (!made.has(copy)) made.set(copy, reframed(copy, edit));
  const results = copies.map((copy) => made.get(copy) ?? copy);
  if (!results.some((result) => result instanceof Uint8Array)) {
    const [refusal] = results;
    const why =
      refusal === undefined || refusal instanceof Uint8Array ? "there is no message" : refusal.cannot;
    return notApplied(input, why);
  }
  const edited = results.map((result, i) =>
    result instanceof Uint8Array ? result : (copies[i] as Uint8Array),
  );
  return { outcome: done, copies: edited, draw };
}

const reframed = (copy: Uint8Array, edit: (data: DataFrames) => Reframed): Uint8Array | Refusal => {
  const all = readFrames(copy);
  if (all === undefined) return { cannot: "its frames are broken already" };
  const begins = all.findIndex(({ opcode }) => !isControl(opcode));
  const frames = all.slice(begins);
  const [first] = frames;
  const last = frames.at(-1);
  if (begins < 0 || first === undefined || last === undefined) return { cannot: "there is no message" };
  const result = edit({ frames, first, last });
  if ("cannot" in result) return result;
  return concat([...all.slice(0, begins).map(({ raw }) => raw), ...result]);
};

/** The frames in the bytes. Undefined if the bytes are not whole frames. */
export function readFrames(bytes: Uint8Array): readonly FrameView[] | undefined {
  const frames: FrameView[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (header === undefined) return undefined;
    const end = at + header.headerLength + header.declaredLength;
    if (end > bytes.length) return undefined;
    frames.push(frameView(header, bytes.subarray(at, end)));
    at = end;
  }
  return frames;
}

/** The bytes of a frame with some parts changed; the other parts stay. */
export function altered(frame: FrameView, changes: Partial<FrameParts>): Uint8Array {
  const { fin, rsv, opcode, mask, lengthForm } = frame;
  return encodeFrame({ fin, rsv, opcode, mask, lengthForm, payload: payloadOf(frame), ...changes });
}

/** The message with its first frame changed. */
export function withFirst(
  { frames, first }: DataFrames,
  changes: Partial<FrameParts>,
): readonly Uint8Array[] {
  return [altered(first, changes), ...frames.slice(1).map(({ raw }) => raw)];
}

/** The payload of the message, unmasked. */
export function wholePayload({ frames }: DataFrames): Uint8Array {
  return concat(frames.map(payloadOf));
}

/** Whether RSV1 marks the message as compressed (RFC 7692 section 6). */
export function isCompressed({ first }: DataFrames): boolean {
  return (first.rsv & 4) !== 0;
}

/** The masking key for an own frame in this direction: frames to the CSMS are masked. */
export function usualMask(direction: Direction): Uint8Array | undefined {
  return direction === "cp-to-csms" ? ownMask : undefined;
}

/** Random bytes; each one is a separate draw. */
export function drawnBytes({ draw }: FaultInput, part: string, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => Math.floor(draw(`${part}${i}`) * 256));
}
