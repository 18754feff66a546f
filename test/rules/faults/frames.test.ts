import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.js";
import {
  altered,
  drawnOctets,
  notApplied,
  readFrames,
  reframe,
  withFirst,
} from "../../../src/rules/faults/frames.js";
import { encodeFrame, readFrame } from "../../../src/wire/frame.js";
import { observe, textFrame } from "../sample.js";

const input = (...copies: readonly Uint8Array[]) => ({
  observation: observe("[2]"),
  copies,
  draw: () => 0.5,
});
const ping = encodeFrame({ opcode: 9, payload: utf8("p") });
const whole = textFrame("[2]").raw;

describe("frames read again", () => {
  test("are all there, or none where the octets hold anything else", () => {
    expect(readFrames(concat([ping, whole]))?.map(({ opcode }) => opcode)).toEqual([9, 1]);
    expect(readFrames(new Uint8Array(0))).toEqual([]);
    expect(readFrames(whole.subarray(0, 1))).toBeUndefined();
    expect(readFrames(whole.subarray(0, -1))).toBeUndefined();
    expect(readFrames(Uint8Array.of(0x81, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  });

  test("keep what is not altered, a length in more octets than needed included", () => {
    const odd = encodeFrame({ fin: false, rsv: 3, opcode: 7, payload: utf8("abc"), lengthForm: 64 });
    const frame = readFrame(odd);
    if (frame === undefined) throw new Error("no frame");
    expect(altered(frame, {})).toEqual(odd);
    expect(altered(frame, { fin: true })).toEqual(Uint8Array.of(0xb7, ...odd.subarray(1)));
  });
});

describe("a message taken apart", () => {
  const flagged = (octets: Uint8Array) =>
    reframe(input(octets), "done", 0.25, (data) => withFirst(data, { rsv: 2 }));

  test("is edited once, however many copies there are", () => {
    let times = 0;
    const { copies, outcome, draw } = reframe(input(whole, whole), "done", 0.25, () => {
      times++;
      return [ping];
    });
    expect({ times, copies, outcome, draw }).toEqual({
      times: 1,
      copies: [ping, ping],
      outcome: "done",
      draw: 0.25,
    });
  });

  test("keeps control frames that stand before it", () => {
    const [copy = new Uint8Array()] = flagged(concat([ping, whole])).copies;
    expect(copy.subarray(0, ping.length)).toEqual(ping);
    expect(copy[ping.length]).toBe(0xa1);
  });

  test("that is no message is left alone, and the fault says why", () => {
    expect(flagged(ping).outcome).toBe("not applied: there is no message");
    expect(flagged(whole.subarray(0, -1)).outcome).toBe("not applied: its frames are broken already");
    const nothing = input();
    expect(reframe(nothing, "done", null, () => [])).toEqual(notApplied(nothing, "there is no message"));
    expect(reframe(nothing, "done", null, () => []).copies).toBe(nothing.copies);
  });

  test("of several copies those that can be edited are", () => {
    const { copies } = reframe(input(ping, whole), "done", null, () => [whole, whole]);
    expect(copies).toEqual([ping, concat([whole, whole])]);
  });
});

test("each drawn octet has a draw of its own", () => {
  const parts: string[] = [];
  const draw = (part = ""): number => {
    parts.push(part);
    return parts.length / 4;
  };
  expect(drawnOctets({ ...input(), draw }, "key", 3)).toEqual(Uint8Array.of(64, 128, 192));
  expect(parts).toEqual(["key0", "key1", "key2"]);
});
