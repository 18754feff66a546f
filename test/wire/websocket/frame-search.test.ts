// Recognising the start of a frame.
import { expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { looksLikeFrame } from "../../../src/wire/websocket/frame-search.js";

const mask = Uint8Array.of(1, 2, 3, 4);
const message = encodeFrame({ opcode: 1, payload: utf8('[2,"1","Heartbeat",{}]'), mask });
const ping = encodeFrame({ opcode: 9, payload: utf8("x") });

test("looksLikeFrame accepts the frames of the side that sends them, incomplete ones as well", () => {
  expect(looksLikeFrame(message, true)).toBe(true);
  expect(looksLikeFrame(message, false)).toBe(false);
  expect(looksLikeFrame(message.subarray(0, 12), true)).toBe(true);
  expect(looksLikeFrame(concat([ping, ping]), false)).toBe(true);
});

test.each([
  ["the middle of a message", utf8('"Heartbeat",{}]')],
  ["a text that is not a message", encodeFrame({ opcode: 1, payload: utf8("hello") })],
  ["an unused opcode", encodeFrame({ opcode: 3, payload: utf8("[") })],
  ["a long ping", encodeFrame({ opcode: 9, payload: new Uint8Array(200) })],
  ["a length that is not the shortest", encodeFrame({ opcode: 1, payload: utf8("[]"), lengthForm: 64 })],
  ["a frame followed by rubbish", concat([ping, utf8("rubbish")])],
  ["nothing", new Uint8Array(0)],
  ["a compressed continuation", Uint8Array.of(0xc0, 0)],
])("looksLikeFrame rejects %s", (_, bytes) => {
  expect(looksLikeFrame(bytes, false)).toBe(false);
});
