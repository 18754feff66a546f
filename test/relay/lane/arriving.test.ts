import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { type Arrived, Arriving } from "../../../src/relay/lane/arriving.js";
import { encodeFrame, readFrame } from "../../../src/wire/websocket/frame.js";

const arrived = (opcode: number, body: string, fin = false): Arrived => {
  const raw = encodeFrame({ opcode, payload: utf8(body), fin });
  const frame = readFrame(raw);
  if (frame === undefined) throw new Error("no frame");
  const place = { connection: 1, direction: "cp-to-csms", rx: 0, tx: null, seen: 0 } as const;
  return { frame, entry: { kind: "frame", ...place, raw } };
};

describe("what has arrived of a message", () => {
  test("is kept in its order, with the control frames between its own", () => {
    const arriving = new Arriving();
    const frames = [arrived(1, "a"), arrived(9, "p", true), arrived(0, "b", true)];
    for (const [i, frame] of frames.entries()) arriving.keep(frame, 10 + i);
    expect(arriving.isEmpty).toBe(false);
    expect(arriving.data).toEqual([frames[0]?.frame, frames[2]?.frame]);
    expect(arriving.bytes).toBe(9);
    expect(arriving.since).toBe(10);
    expect(arriving.take()).toEqual(frames);
    expect(arriving.isEmpty).toBe(true);
    expect(arriving).toMatchObject({ bytes: 0, since: undefined });
    expect(arriving.take()).toEqual([]);
  });

  test("costs more than its bytes, so that empty fragments are bounded too", () => {
    const arriving = new Arriving();
    for (let i = 0; i < 1000; i++) arriving.keep(arrived(0, ""), 0);
    expect(arriving.cost).toBeGreaterThan(100_000);
  });

  test("waits from the first byte on, whole frame or not", () => {
    const arriving = new Arriving();
    arriving.wait(5);
    arriving.keep(arrived(1, "a"), 7);
    expect(arriving.since).toBe(5);
  });
});
