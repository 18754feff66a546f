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
  test("joins fragments and takes the masks off", () => {
    const mask = Uint8Array.of(1, 2, 3, 4);
    expect(
      collected(
        { opcode: 1, fin: false, payload: utf8("ab"), mask },
        { opcode: 0, fin: false, payload: utf8("cd") },
        { opcode: 0, payload: utf8("ef"), mask },
      ),
    ).toEqual([undefined, undefined, utf8("abcdef")]);
  });

  test("passes over continuations of nothing, and begins anew with a new message", () => {
    expect(
      collected(
        { opcode: 0, payload: utf8("x") },
        { opcode: 1, fin: false, payload: utf8("lost") },
        { opcode: 1, payload: utf8("kept") },
      ),
    ).toEqual([undefined, undefined, utf8("kept")]);
  });

  test("says once that a message is too large, and reads the next one", () => {
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

  test("does not let empty frames pile up", () => {
    const none = { opcode: 0, fin: false, payload: utf8("") };
    const many = Array.from({ length: 20_000 }, () => none);
    expect(collected({ ...none, opcode: 1 }, ...many).filter((one) => one !== undefined)).toEqual([
      "too-large",
    ]);
  });
});
