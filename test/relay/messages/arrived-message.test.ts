import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { ArrivedMessage } from "../../../src/relay/messages/arrived-message.js";
import { createListener } from "../../../src/relay/messages/listener.js";
import { encodeFrame, type FrameView, readFrame } from "../../../src/wire/websocket/frame.js";

const whose = { identity: "CP1", ordinal: 2, version: "1.6", compresses: false } as const;

const frameOf = (payload: string, rsv = 0): FrameView => {
  const frame = readFrame(
    encodeFrame({ opcode: 1, rsv, payload: utf8(payload), mask: Uint8Array.of(1, 2, 3, 4) }),
  );
  if (frame === undefined) throw new Error("no frame");
  return frame;
};

const arrived = (text: string, more: { compresses?: boolean; rsv?: number } = {}): ArrivedMessage => {
  const frames = [frameOf(text, more.rsv)];
  const named = createListener().name("cp-to-csms", frames);
  const { compresses = false } = more;
  return new ArrivedMessage({ ...whose, compresses }, "cp-to-csms", named, frames, 7, 3);
};

describe("a message that has come by", () => {
  test("tells what it is and what it says", () => {
    const message = arrived('[2,"a","Heartbeat",{"x":[1]}]');
    expect(message).toMatchObject({
      at: 7,
      identity: "CP1",
      ordinal: 2,
      version: "1.6",
      direction: "cp-to-csms",
      type: "CALL",
      id: "a",
      action: "Heartbeat",
      heldBack: 3,
      isCompressed: false,
    });
    expect(message.payload()).toEqual({ x: [1] });
  });

  test.each([
    ['[3,"a",{"status":"Accepted"}]', { status: "Accepted" }],
    ['[3,"a",{}]', {}],
    ['[2,"a","Heartbeat",{}]', {}],
    ['[3,"a",[]]', []],
    ['[4,"a","InternalError","",{"x":1}]', undefined],
    ['[2,"a","Heartbeat"', undefined],
    ["nonsense", undefined],
  ])("%s says %j", (text, payload) => {
    expect(arrived(text).payload()).toEqual(payload);
  });

  test("is compressed where that was agreed and it says so, not by its bit alone", () => {
    expect(arrived("x", { compresses: true, rsv: 4 }).isCompressed).toBe(true);
    expect(arrived("x", { compresses: true }).isCompressed).toBe(false);
    expect(arrived("x", { rsv: 4 }).isCompressed).toBe(false);
  });
});
