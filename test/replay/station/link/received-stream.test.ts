// One live connection as the station sees it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../../src/base/bytes.js";
import { type Heard, Leg } from "../../../../src/replay/station/link/received-stream.js";
import { encodeFrame, opcodes } from "../../../../src/wire/websocket/frame.js";
import { messageFrame } from "../../../support/cassettes/dialogue-recording.js";

const heard = (leg: Leg, bytes: Uint8Array): readonly Heard[] => leg.receive(bytes, 1).heard;
const part = (words: string, opcode: number, fin: boolean): Uint8Array =>
  encodeFrame({ opcode, fin, payload: utf8(words) });

describe("a leg", () => {
  test("hears messages in any cutting, pings between their fragments, and closes", () => {
    const bytes = concat([
      part("[2,", 1, false),
      encodeFrame({ opcode: opcodes.ping, payload: utf8("p") }),
      part("1]", 0, true),
      encodeFrame({ opcode: opcodes.close, payload: Uint8Array.of(3, 232) }),
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (size) => {
        const leg = new Leg(1, 1000);
        const items: Heard[] = [];
        for (let at = 0; at < bytes.length; at += size)
          items.push(...heard(leg, bytes.subarray(at, at + size)));
        expect(items.map(({ kind }) => kind)).toEqual(["ping", "message", "close"]);
        expect(items[1]).toMatchObject({ text: "[2,1]" });
      }),
    );
  });

  test("takes binary messages and invalid UTF-8 for messages without a text", () => {
    const leg = new Leg(1, 1000);
    expect(heard(leg, part("[2]", 2, true))).toEqual([{ kind: "message", text: undefined }]);
    expect(heard(leg, encodeFrame({ opcode: 1, payload: Uint8Array.of(0xff) }))).toEqual([
      { kind: "message", text: undefined },
    ]);
  });

  test("leaves frames and messages above the limit out and hears what follows", () => {
    const leg = new Leg(1, 10);
    expect(heard(leg, messageFrame("csms-to-cp", "[2,too large]"))).toMatchObject([
      { code: "frame-too-large" },
    ]);
    const fragments = concat([part("12345678", 1, false), part("12345678", 0, false)]);
    expect(heard(leg, fragments)).toMatchObject([{ code: "message-too-large" }]);
    heard(leg, part("", 0, true));
    expect(heard(leg, messageFrame("csms-to-cp", "[3]"))).toEqual([{ kind: "message", text: "[3]" }]);
  });

  test("records both directions byte for byte, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (theirs, ours) => {
        const leg = new Leg(3, 1000);
        const entries = [
          ...leg.receive(theirs, 1).entries,
          ...leg.sent(ours, 2),
          ...leg.end({ by: "csms", how: "end", at: 3 }),
        ];
        const bytes = (direction: string): Uint8Array =>
          concat(
            entries.flatMap((entry) =>
              "direction" in entry && "raw" in entry && entry.direction === direction ? [entry.raw] : [],
            ),
          );
        expect(Buffer.from(bytes("csms-to-cp"))).toEqual(Buffer.from(theirs));
        expect(Buffer.from(bytes("cp-to-csms"))).toEqual(Buffer.from(ours));
      }),
    );
  });
});
