// One direction of a capture: heads, frames, holes.
import { describe, expect, test } from "vitest";
import { concat, text, utf8 } from "../../../src/base/bytes.js";
import { CapturedHalf, type CapturedItem } from "../../../src/wire/pcap/captured-half.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";

const frame = (payload: string): Uint8Array => encodeFrame({ opcode: 1, payload: utf8(payload) });
const head = utf8("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

const summaries = (items: readonly CapturedItem[]): readonly string[] =>
  items.map((item) => {
    switch (item.kind) {
      case "frame":
        return `frame ${text(item.frame.raw.subarray(item.frame.headerLength))}`;
      case "bytes":
        return `${item.why} ${item.bytes.length}`;
      case "hole":
        return `hole ${item.length}`;
      default:
        return item.kind;
    }
  });

describe("CapturedHalf", () => {
  test("reads the head and the frames, however the bytes are split", () => {
    const bytes = concat([head, frame("[1]"), frame("[2]")]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const half = new CapturedHalf("csms", "head");
      const items = [...half.data(bytes.subarray(0, cut), 1n), ...half.data(bytes.subarray(cut), 2n)];
      expect(summaries(items)).toEqual(["head", "frame [1]", "frame [2]"]);
    }
  });

  test("continues after the frame that a hole interrupts, because its header gives its length", () => {
    const half = new CapturedHalf("csms", "unknown");
    const torn = frame("[1234567890]");
    const items = [
      ...half.data(torn.subarray(0, 6), 1n),
      ...half.hole(4, 2n),
      ...half.data(concat([torn.subarray(10), frame("[2]")]), 3n),
    ];
    expect(summaries(items)).toEqual(["cut-off 6", "hole 4", "cut-off 4", "frame [2]"]);
  });

  test("searches for the next frame after a hole that covers more than one", () => {
    const half = new CapturedHalf("csms", "unknown");
    const items = [
      ...half.data(frame("[1]"), 1n),
      ...half.hole(100, 2n),
      ...half.data(utf8("rest of a message]"), 3n),
      ...half.data(frame("[2]"), 4n),
    ];
    expect(summaries(items)).toEqual(["frame [1]", "hole 100", "cut-off 18", "frame [2]"]);
  });

  test("returns the incomplete bytes at the end", () => {
    const half = new CapturedHalf("csms", "head");
    expect(summaries([...half.data(head.subarray(0, 9), 1n), ...half.finish(2n)])).toEqual(["cut-off 9"]);
  });
});
