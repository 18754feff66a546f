// The first characters of a message.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.js";
import { peek, peekFrames } from "../../src/ocpp/peek.js";
import { encodeFrame, type FrameView, readFrame } from "../../src/wire/frame.js";

const frame = (payload: Uint8Array, mask?: Uint8Array): FrameView => {
  const view = readFrame(encodeFrame({ opcode: 1, payload, mask }));
  if (view === undefined) throw new Error("the frame cannot be read back");
  return view;
};

describe("peek", () => {
  test.each([
    ['[2,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[3,"1",{}]', "CALLRESULT", "1", undefined],
    ['[4,"1","GenericError","",{}]', "CALLERROR", "1", undefined],
    ['[5,"1","GenericError","",{}]', "CALLRESULTERROR", "1", undefined],
    ['[6,"1","NotifyPeriodicEventStream",{}]', "SEND", "1", "NotifyPeriodicEventStream"],
    [' \r\n[ 2 ,\t"1" , "Heartbeat" , {}]', "CALL", "1", "Heartbeat"],
    ['\uFEFF[2,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[2,"a\\"b\\u0041","Heart\\u0062eat",{}]', "CALL", 'a"bA', "Heartbeat"],
    ['[2.0,"1","Heartbeat",{}]', "CALL", "1", "Heartbeat"],
    ['[2,"","",{}]', "CALL", "", ""],
    ['[2,"1","Heartbeat', "CALL", "1", undefined],
    ['[2,"1",{}]', "CALL", "1", undefined],
    ['[2,"1"', "CALL", "1", undefined],
    ['[2,"1","Heartbeat",{"a":[,}', "CALL", "1", "Heartbeat"],
  ])("reads %j", (message, type, id, action) => {
    expect(peek(message)).toEqual({ type, id, action });
  });

  test.each([
    "",
    "[",
    "[2",
    "[2,",
    '[2,"1',
    "[2,1,",
    '["2","1"]',
    '[7,"1",{}]',
    '[-2,"1",{}]',
    '[2..,"1"]',
    '{"2":"1"}',
    "x",
  ])("sees no message in %j", (message) => {
    expect(peek(message)).toBeUndefined();
  });

  test("is total", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rest) => {
        for (const start of ["", "[2,", '[2,"1",', '[2,"']) peek(start + rest);
      }),
    );
  });

  test("follows an id of millions of escapes", () => {
    expect(peek(`[2,"${"\\n".repeat(5_000_000)}","Heartbeat",{}]`)?.action).toBe("Heartbeat");
    expect(peek(`[2,"${"\\n".repeat(5_000_000)}`)).toBeUndefined();
  });
});

describe("peekFrames", () => {
  const message = `[2,"grün","Heartbeat",{"pad":"${"x".repeat(2000)}"}]`;
  const seen = { type: "CALL", id: "grün", action: "Heartbeat" };
  const mask = Uint8Array.of(1, 2, 3, 4);

  test("reads a masked and an unmasked frame", () => {
    expect(peekFrames([frame(utf8(message))])).toEqual(seen);
    expect(peekFrames([frame(utf8(message), mask)])).toEqual(seen);
  });

  test("reads a message in fragments, wherever they are cut", () => {
    const octets = utf8(message);
    for (let cut = 0; cut < 40; cut++) {
      const parts = [octets.subarray(0, cut), new Uint8Array(0), octets.subarray(cut)];
      expect(peekFrames(parts.map((part) => frame(part, mask)))).toEqual(seen);
    }
  });

  test("sees nothing in no frame and in octets that are no text", () => {
    expect(peekFrames([])).toBeUndefined();
    expect(peekFrames([frame(Uint8Array.of(0xff, 0xfe, 0x00))])).toBeUndefined();
  });
});
