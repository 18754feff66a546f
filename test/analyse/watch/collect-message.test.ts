// Messages joined from frames by watchers.
import { describe, expect, test } from "vitest";
import { joinFrame, largestMessage, noPartialMessage } from "../../../src/analyse/watch/collect-message.js";
import { utf8 } from "../../../src/base/bytes.js";
import {
  encodeFrame,
  type FrameHeader,
  type FrameParts,
  readHeader,
} from "../../../src/wire/websocket/frame.js";

const collected = (...frames: readonly FrameParts[]): unknown[] => {
  const stream = noPartialMessage();
  return frames.map((parts) => {
    const raw = encodeFrame(parts);
    return joinFrame(stream, readHeader(raw, 0) as FrameHeader, raw);
  });
};

describe("collect", () => {
  test("fragments are unmasked and joined", () => {
    const mask = Uint8Array.of(1, 2, 3, 4);
    expect(
      collected(
        { opcode: 1, fin: false, payload: utf8("ab"), mask },
        { opcode: 0, fin: false, payload: utf8("cd") },
        { opcode: 0, payload: utf8("ef"), mask },
      ),
    ).toEqual([undefined, undefined, utf8("abcdef")]);
  });

  test("a continuation without a beginning is skipped, and a new message drops an incomplete one", () => {
    expect(
      collected(
        { opcode: 0, payload: utf8("x") },
        { opcode: 1, fin: false, payload: utf8("lost") },
        { opcode: 1, payload: utf8("kept") },
      ),
    ).toEqual([undefined, undefined, utf8("kept")]);
  });

  test("a too large message is reported once, and the next message is read", () => {
    const half = new Uint8Array(largestMessage / 2);
    expect(
      collected(
        { opcode: 1, fin: false, payload: half },
        { opcode: 0, fin: false, payload: half },
        { opcode: 0, payload: half },
        { opcode: 1, payload: utf8("next") },
      ),
    ).toEqual([undefined, "too-large", undefined, utf8("next")]);
  });

  test("the number of empty frames of a message is bounded", () => {
    const none = { opcode: 0, fin: false, payload: utf8("") };
    const many = Array.from({ length: 20_000 }, () => none);
    expect(collected({ ...none, opcode: 1 }, ...many).filter((one) => one !== undefined)).toEqual([
      "too-large",
    ]);
  });
});
