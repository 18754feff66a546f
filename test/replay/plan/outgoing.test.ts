// What the station sends, as bytes.
import { expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import {
  bytesWith,
  digestText,
  outgoingFrames,
  outgoingMessage,
  ownFrame,
} from "../../../src/replay/plan/outgoing.js";
import {
  encodeFrame,
  type FrameView,
  opcodes,
  payloadOf,
  readFrame,
} from "../../../src/wire/websocket/frame.js";

const mask = Uint8Array.of(9, 8, 7, 6);
const view = (parts: Parameters<typeof encodeFrame>[0]): FrameView =>
  readFrame(encodeFrame(parts)) as FrameView;
const first = view({ opcode: 1, fin: false, rsv: 2, payload: utf8("[2,"), mask });
const second = view({ opcode: 0, payload: utf8("1]"), mask, lengthForm: 64 });
const fragmented = outgoingMessage({ text: "[2,1]", frames: [first, second], inflated: false });

test("an unchanged message keeps its fragments, keys and illegal bits", () => {
  expect(Buffer.from(bytesWith(fragmented, "[2,1]")).equals(Buffer.concat([first.raw, second.raw]))).toBe(
    true,
  );
});

test("a changed message is one frame with the recorded masking key", () => {
  const frame = readFrame(bytesWith(fragmented, "[2,9]"));
  expect(frame).toMatchObject({ fin: true, rsv: 0, opcode: opcodes.text });
  expect(frame?.mask).toEqual(mask);
  expect(frame && text(payloadOf(frame))).toBe("[2,9]");
});

test("a message that was compressed by agreement is sent uncompressed", () => {
  const packed = view({ opcode: 1, rsv: 4, payload: utf8("packed"), mask });
  const frame = readFrame(outgoingMessage({ text: "[2]", frames: [packed], inflated: true }).bytes);
  expect(frame).toMatchObject({ rsv: 0 });
  expect(frame && text(payloadOf(frame))).toBe("[2]");
});

test("bytes that are no message are sent and digested as they are", () => {
  const out = outgoingFrames(Uint8Array.of(0xff, 0x00));
  expect(out.bytes).toEqual(Uint8Array.of(0xff, 0x00));
  expect(digestText(out)).toBe("\u00ff\u0000");
});

test("a frame that the recording does not have is masked", () => {
  expect(readFrame(ownFrame(opcodes.pong))?.mask).toEqual(new Uint8Array(4));
});
