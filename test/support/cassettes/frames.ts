// Frames and cuttings of bytes for property tests, and bytes from hexadecimal digits.
import fc from "fast-check";
import { concat } from "../../../src/base/bytes.js";
import { encodeFrame, type FrameParts, type LengthForm } from "../../../src/wire/websocket/frame.js";

/** The bytes of hexadecimal digits. */
export function bytesFrom(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

/** A masking key. */
export const anyMask: fc.Arbitrary<Uint8Array> = fc.uint8Array({ minLength: 4, maxLength: 4 });

/** Payloads short and long enough for every form of a length. */
const anyPayload: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ maxLength: 30 }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 120, maxLength: 135 }) },
  { weight: 1, arbitrary: fc.constantFrom(125, 126, 127, 400, 65535, 65536).map((n) => new Uint8Array(n)) },
);

const forms = (length: number): readonly (LengthForm | undefined)[] =>
  length < 126 ? [undefined, 7, 16, 64] : length < 65536 ? [undefined, 16, 64] : [undefined, 64];

/** Any frame, valid or not: every bit, every opcode, every length form that is long enough for the payload. */
export const anyFrame: fc.Arbitrary<FrameParts> = fc
  .record({
    fin: fc.boolean(),
    rsv: fc.oneof(fc.constant(0), fc.nat(7)),
    opcode: fc.oneof(fc.constantFrom(0, 1, 2, 8, 9, 10), fc.nat(15)),
    payload: anyPayload,
    mask: fc.option(anyMask, { nil: undefined }),
    form: fc.nat(3),
  })
  .map(({ form, ...parts }) => {
    const fitting = forms(parts.payload.length);
    return { ...parts, lengthForm: fitting[form % fitting.length] };
  });

/** Bytes of a stream: frames of all kinds, garbage, oversized and endless frames, and ends in the middle. */
export const anyStream: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: anyFrame.map(encodeFrame) },
      { weight: 2, arbitrary: fc.uint8Array({ maxLength: 20 }) },
      { weight: 1, arbitrary: fc.constant(bytesFrom("827f1000000000000000")) },
      { weight: 1, arbitrary: fc.constant(bytesFrom("827f8000000000000000")) },
      { weight: 1, arbitrary: fc.constant(bytesFrom("89")) },
    ),
    { maxLength: 12 },
  )
  .map(concat);

/** Ways to cut anything: places in thousandths of its length. */
export const anyCuts: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constant([]),
  fc.array(fc.nat(1000), { maxLength: 12 }),
  fc.constant(Array.from({ length: 1000 }, (_, i) => i)),
);

/** The bytes cut at these places, or into single bytes if there are a thousand places. */
export function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const each = places.length === 1000 && bytes.length < 2000;
  const at = each
    ? Array.from(bytes.keys())
    : [...new Set(places.map((place) => Math.floor((place * bytes.length) / 1000)))];
  const edges = [...at.filter((place) => place > 0).sort((a, b) => a - b), bytes.length];
  let from = 0;
  const parts: Uint8Array[] = [];
  for (const to of edges) {
    if (to > from) parts.push(bytes.slice(from, to));
    from = to;
  }
  return parts;
}
