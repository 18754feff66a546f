import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex, noBytes, utf8 } from "../../../../src/base/bytes.js";
import {
  altered,
  drawnBytes,
  notApplied,
  readFrames,
  reframe,
  withFirst,
} from "../../../../src/rules/faults/edit/frames.js";
import { faults } from "../../../../src/rules/faults/registry.js";
import { encodeFrame, readFrame } from "../../../../src/wire/websocket/frame.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { ruledMessage, textFrame } from "../../sample.js";

const input = (...copies: readonly Uint8Array[]) => ({
  message: ruledMessage("[2]"),
  copies,
  draw: () => 0.5,
});
const ping = encodeFrame({ opcode: 9, payload: utf8("p") });
const whole = textFrame("[2]").raw;

describe("frames read again", () => {
  test("frames are read from bytes only if these contain nothing else", () => {
    expect(readFrames(concat([ping, whole]))?.map(({ opcode }) => opcode)).toEqual([9, 1]);
    expect(readFrames(new Uint8Array(0))).toEqual([]);
    expect(readFrames(whole.subarray(0, 1))).toBeUndefined();
    expect(readFrames(whole.subarray(0, -1))).toBeUndefined();
    expect(readFrames(Uint8Array.of(0x81, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  });

  test("altering a frame keeps everything else, even a length in more bytes than needed", () => {
    const odd = encodeFrame({ fin: false, rsv: 3, opcode: 7, payload: utf8("abc"), lengthForm: 64 });
    const frame = readFrame(odd);
    if (frame === undefined) throw new Error("no frame");
    expect(altered(frame, {})).toEqual(odd);
    expect(altered(frame, { fin: true })).toEqual(Uint8Array.of(0xb7, ...odd.subarray(1)));
  });
});

describe("a message taken apart", () => {
  const flagged = (bytes: Uint8Array) =>
    reframe(input(bytes), "done", 0.25, (data) => withFirst(data, { rsv: 2 }));

  test("identical copies of a message are reframed once", () => {
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

  test("reframing keeps control frames before the message", () => {
    const [copy = new Uint8Array()] = flagged(concat([ping, whole])).copies;
    expect(copy.subarray(0, ping.length)).toEqual(ping);
    expect(copy[ping.length]).toBe(0xa1);
  });

  test("bytes without a message are not reframed, and the outcome says why", () => {
    expect(flagged(ping).outcome).toBe("not applied: there is no message");
    expect(flagged(whole.subarray(0, -1)).outcome).toBe("not applied: its frames are broken already");
    const nothing = input();
    expect(reframe(nothing, "done", null, () => [])).toEqual(notApplied(nothing, "there is no message"));
    expect(reframe(nothing, "done", null, () => []).copies).toBe(nothing.copies);
  });

  test("of several copies, those that can be reframed are", () => {
    const { copies } = reframe(input(ping, whole), "done", null, () => [whole, whole]);
    expect(copies).toEqual([ping, concat([whole, whole])]);
  });
});

test("each random byte has its own draw", () => {
  const parts: string[] = [];
  const draw = (part = ""): number => {
    parts.push(part);
    return parts.length / 4;
  };
  expect(drawnBytes({ ...input(), draw }, "key", 3)).toEqual(Uint8Array.of(64, 128, 192));
  expect(parts).toEqual(["key0", "key1", "key2"]);
});

// Whatever a frame fault does to a message, it throws nothing, the cassette tells what went out, and what comes later passes.
const variants: Readonly<Record<string, readonly string[]>> = {
  "invalid-utf8": ["invalid-utf8: cut-off", "invalid-utf8: {}"],
  "bad-rsv": ["bad-rsv: all"],
  "reserved-opcode": ["reserved-opcode: 11"],
  "non-minimal-length": ["non-minimal-length: 16"],
  "bad-length": ["bad-length: less", "bad-length: 2^63"],
  "oversized-control": ["oversized-control: { frame: close, size: 70000 }"],
  truncated: ["truncated: reset"],
  fragment: ["fragment: 1"],
  "ping-flood": ["ping-flood: { n: 2, gap: 0 }"],
  close: ["close: { style: no-frame }", "close: { style: reset }", "close: { style: go-on }"],
  "byte-flip": ["byte-flip: { n: 1000, in: frame }"],
};
const uses = faults
  .filter(({ layer }) => layer === "frame")
  .flatMap((fault) => [fault.example, ...(variants[fault.name] ?? [])].map((use) => ({ fault, use })));

/** Behind these nothing goes out any more. */
const endsIt = (use: string): boolean =>
  use.startsWith("truncated") || (use.startsWith("close") && !use.includes("go-on"));

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom("", '[2,"1","Heartbeat",{}]', "[", '"é"').map(utf8),
);

/** A message in one to four data frames, valid or not otherwise. */
const message = fc
  .record({
    parts: fc.array(anyBytes, { minLength: 1, maxLength: 4 }),
    opcode: fc.constantFrom(0, 1, 1, 1, 2, 3),
    rsv: fc.constantFrom(0, 0, 4, 7),
    mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
    lengthForm: fc.constantFrom(undefined, undefined, 64 as const),
    control: fc.boolean(),
  })
  .map(({ parts, opcode, rsv, mask, lengthForm, control }) =>
    concat(
      parts.flatMap((payload, i) => [
        encodeFrame({
          fin: i === parts.length - 1,
          rsv: i === 0 ? rsv : 0,
          opcode: i === 0 ? opcode : 0,
          payload,
          mask,
          lengthForm,
        }),
        ...(control && i < parts.length - 1 ? [encodeFrame({ opcode: 10, payload: noBytes, mask })] : []),
      ]),
    ),
  );

test.each(uses)("after $use, later messages pass unchanged", ({ fault, use }) => {
  const [point] = fault.points;
  const isMessage = point === "message";
  const opcode = point === "ping" ? 9 : 10;
  const rules = `version: 1\nrules: [ { id: r, trigger: { first: 1 }, then: [ { ${use} } ] } ]`;
  fc.assert(
    fc.property(message, anyBytes, fc.boolean(), (first, words, fromCharger) => {
      const [from, to] = fromCharger ? (["charger", "csms"] as const) : (["csms", "charger"] as const);
      const world = new RelayWorld({ rules });
      const later = encodeFrame({ opcode: 1, payload: words, mask: fromCharger ? utf8("mask") : undefined });
      world.bytes(from, isMessage ? first : encodeFrame({ opcode, payload: words }));
      const [decision] = world.entries.filter((entry) => entry.kind === "decision");
      expect(decision).toBeDefined();
      const sent = hex(concat([noBytes, ...(decision?.sent ?? [])]));
      const before = hex(world.sentTo(to));
      if (isMessage) expect(before).toContain(sent);
      if (world.ended[to] === undefined) world.bytes(from, later);
      world.after(60_000);
      if (!endsIt(use) || decision?.outcome.startsWith("not applied") === true)
        expect(hex(world.sentTo(to)).slice(before.length)).toContain(hex(later));
    }),
    { numRuns: 60 },
  );
});
