// Assembling frames into messages: every frame belongs to exactly one item.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import { createAssembler, messagePayload, messageText } from "../../../src/wire/websocket/assembler.js";
import {
  encodeFrame,
  type FrameParts,
  type FrameView,
  readFrame,
} from "../../../src/wire/websocket/frame.js";
import { anyFrame } from "../../support/cassettes/frames.js";

const view = (parts: FrameParts): FrameView => {
  const frame = readFrame(encodeFrame(parts));
  if (frame === undefined) throw new Error("no frame");
  return frame;
};

const frame = (opcode: number, body: string, fin = true): FrameView =>
  view({ opcode, payload: utf8(body), fin });

const assemble = (frames: readonly FrameView[]): readonly string[] => {
  const assembler = createAssembler();
  return frames
    .flatMap((each) => [...assembler.push(each)])
    .map((item) =>
      item.kind === "control"
        ? `control ${item.frame.opcode}`
        : `${item.complete ? "whole" : "unfinished"} ${text(messagePayload(item.frames))}`,
    );
};

describe("createAssembler", () => {
  test.each([
    ["a message in one frame", [frame(1, "a")], ["whole a"]],
    ["fragments", [frame(1, "a", false), frame(0, "b", false), frame(0, "c")], ["whole abc"]],
    [
      "a ping between fragments",
      [frame(1, "a", false), frame(9, "p"), frame(0, "b")],
      ["control 9", "whole ab"],
    ],
    ["a continuation without a first frame", [frame(0, "x")], ["whole x"]],
    ["a first frame inside a message", [frame(1, "a", false), frame(1, "b")], ["unfinished a", "whole b"]],
    ["a close", [frame(8, "")], ["control 8"]],
  ])("reads %s", (_name, frames, items) => {
    expect(assemble(frames)).toEqual(items);
  });

  test("keeps the open message until it is released", () => {
    const assembler = createAssembler();
    assembler.push(frame(2, "a", false));
    expect(assembler.open()).toHaveLength(1);
    expect(assembler.release()).toHaveLength(1);
    expect(assembler.open()).toHaveLength(0);
  });

  test("returns every frame exactly once, in order within each message", () => {
    fc.assert(
      fc.property(fc.array(anyFrame.map(view), { maxLength: 20 }), (frames) => {
        const assembler = createAssembler();
        const items = frames.flatMap((each) => [...assembler.push(each)]);
        const out = items.flatMap((item) => (item.kind === "control" ? [item.frame] : item.frames));
        expect(new Set([...out, ...assembler.open()])).toEqual(new Set(frames));
        expect(out.length + assembler.open().length).toBe(frames.length);
      }),
    );
  });
});

describe("messageText", () => {
  const mask = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined });

  test("equals the text of the payload, for any payload and any split into frames", () => {
    const part = fc.record({ payload: fc.uint8Array({ maxLength: 60 }), mask });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.nat(7), (parts, shift) => {
        const frames = parts.map((one) => {
          const raw = encodeFrame({ opcode: 1, ...one });
          const shifted = new Uint8Array([...new Uint8Array(shift), ...raw]).subarray(shift);
          const found = readFrame(shifted);
          if (found === undefined) throw new Error("no frame");
          return found;
        });
        expect(messageText(frames)).toBe(text(messagePayload(frames)));
      }),
    );
  });

  test("reads a message larger than its buffer, and does not mix it with the next", () => {
    const long = view({ opcode: 1, payload: utf8("x".repeat(100_000)), mask: Uint8Array.of(1, 2, 3, 4) });
    expect(messageText([long])).toBe("x".repeat(100_000));
    expect(messageText([frame(1, "after")])).toBe("after");
    expect(messageText([])).toBe("");
  });
});
