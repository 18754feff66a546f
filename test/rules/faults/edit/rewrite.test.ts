import { describe, expect, test } from "vitest";
import { concat, noBytes, text, utf8 } from "../../../../src/base/bytes.js";
import { rewrite } from "../../../../src/rules/faults/edit/rewrite.js";
import { encodeFrame, payloadOf, readFrame } from "../../../../src/wire/websocket/frame.js";
import { maskingKey } from "../../sample.js";

describe("a message with another payload", () => {
  test.each([
    ["masked", maskingKey],
    ["unmasked", undefined],
  ])("is one %s frame with a true length", (_name, mask) => {
    const original = encodeFrame({ opcode: 1, payload: utf8("hello"), mask });
    const before = original.slice();
    const frame = readFrame(rewrite(original, (payload) => concat([payload, utf8("!".repeat(200))])));
    expect(original).toEqual(before);
    expect(frame).toMatchObject({ fin: true, rsv: 0, opcode: 1, mask, lengthForm: 16, declaredLength: 205 });
    expect(frame && text(payloadOf(frame))).toBe(`hello${"!".repeat(200)}`);
  });

  test("a rewritten message joins fragments: opcode and mask of the first, FIN of the last", () => {
    const other = Uint8Array.of(9, 9, 9, 9);
    const parts = (fin: boolean) =>
      concat([
        encodeFrame({ opcode: 2, fin: false, payload: utf8("hel"), mask: maskingKey }),
        encodeFrame({ opcode: 0, fin: false, payload: noBytes, mask: other }),
        encodeFrame({ opcode: 0, fin, payload: utf8("lo"), mask: other }),
      ]);
    for (const fin of [true, false]) {
      const frame = readFrame(rewrite(parts(fin), (payload) => payload.slice().reverse()));
      expect(frame).toMatchObject({ fin, opcode: 2, mask: maskingKey });
      expect(frame && text(payloadOf(frame))).toBe("olleh");
    }
  });

  test("bytes that are not a frame are not rewritten", () => {
    const half = Uint8Array.of(0x81);
    expect(rewrite(half, () => utf8("x"))).toBe(half);
  });
});
