// What a CSMS sends on one connection.
import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, utf8 } from "../../../../src/base/bytes.js";
import { type ReceivedItem, ReceivedStream } from "../../../../src/replay/station/link/received-stream.js";
import { encodeFrame, opcodes } from "../../../../src/wire/websocket/frame.js";
import { messageFrame } from "../../../support/cassettes/dialogue-recording.js";

const itemsOf = (stream: ReceivedStream, bytes: Uint8Array): readonly ReceivedItem[] =>
  stream.receive(bytes, 1).items;
const part = (words: string, opcode: number, fin: boolean): Uint8Array =>
  encodeFrame({ opcode, fin, payload: utf8(words) });

test("a received stream gives the same messages, pings and closes for every cutting of its bytes", () => {
  const bytes = concat([
    part("[2,", 1, false),
    encodeFrame({ opcode: opcodes.ping, payload: utf8("p") }),
    part("1]", 0, true),
    encodeFrame({ opcode: opcodes.close, payload: Uint8Array.of(3, 232) }),
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), (size) => {
      const stream = new ReceivedStream(7, 1, 1000);
      const items: ReceivedItem[] = [];
      for (let at = 0; at < bytes.length; at += size)
        items.push(...itemsOf(stream, bytes.subarray(at, at + size)));
      expect(items.map(({ kind }) => kind)).toEqual(["ping", "message", "close"]);
      expect(items[1]).toMatchObject({ message: { text: "[2,1]", connection: 7, atNs: 1 } });
    }),
  );
});

test("a binary message and one that is not UTF-8 are messages without a text", () => {
  const stream = new ReceivedStream(1, 1, 1000);
  expect(itemsOf(stream, part("[2]", 2, true))).toEqual([{ kind: "not-text" }]);
  expect(itemsOf(stream, encodeFrame({ opcode: 1, payload: Uint8Array.of(0xff) }))).toEqual([
    { kind: "not-text" },
  ]);
});

test("frames and messages above the limit are left out, and what follows is read", () => {
  const stream = new ReceivedStream(1, 1, 10);
  expect(itemsOf(stream, messageFrame("csms-to-cp", "[2,too large]"))).toMatchObject([
    { code: "frame-too-large" },
  ]);
  const fragments = concat([part("12345678", 1, false), part("12345678", 0, false)]);
  expect(itemsOf(stream, fragments)).toMatchObject([{ code: "message-too-large" }]);
  itemsOf(stream, part("", 0, true));
  expect(itemsOf(stream, messageFrame("csms-to-cp", "[3]"))).toMatchObject([{ message: { text: "[3]" } }]);
});

test("the transcript has any bytes of both directions unchanged", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (theirs, ours) => {
      const stream = new ReceivedStream(1, 3, 1000);
      const entries = [
        ...stream.receive(theirs, 1).entries,
        ...stream.sent(ours, 2),
        ...stream.end({ by: "csms", how: "end", at: 3 }),
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
