import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { peekFrames } from "../../../src/relay/messages/peek-frames.js";
import { encodeFrame, type FrameView, readFrame } from "../../../src/wire/websocket/frame.js";

const frame = (payload: Uint8Array, mask?: Uint8Array): FrameView => {
  const view = readFrame(encodeFrame({ opcode: 1, payload, mask }));
  if (view === undefined) throw new Error("the frame cannot be read back");
  return view;
};

describe("the first bytes of a message", () => {
  const message = `[2,"grün","Heartbeat",{"pad":"${"x".repeat(2000)}"}]`;
  const seen = { type: "CALL", id: "grün", action: "Heartbeat" };
  const mask = Uint8Array.of(1, 2, 3, 4);

  test("name it, masked or not", () => {
    expect(peekFrames([frame(utf8(message))])).toEqual(seen);
    expect(peekFrames([frame(utf8(message), mask)])).toEqual(seen);
  });

  test("name it in fragments as well, wherever they are cut", () => {
    const bytes = utf8(message);
    for (let cut = 0; cut < 40; cut++) {
      const parts = [bytes.subarray(0, cut), new Uint8Array(0), bytes.subarray(cut)];
      expect(peekFrames(parts.map((part) => frame(part, mask)))).toEqual(seen);
    }
  });

  test("name nothing without a frame, or where they are not text", () => {
    expect(peekFrames([])).toBeUndefined();
    expect(peekFrames([frame(Uint8Array.of(0xff, 0xfe, 0x00))])).toBeUndefined();
  });
});
