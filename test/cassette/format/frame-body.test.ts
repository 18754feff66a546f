// The hand-made body of a frame stays within the room that is reserved for it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packBody } from "../../../src/cassette/format/body.js";
import type { FrameEntry } from "../../../src/cassette/format/entry.js";
import { frameBodyOverhead, putFrameBody } from "../../../src/cassette/format/frame-body.js";
import { anyOfKind } from "../../support/cassettes/entries.js";

describe("putFrameBody", () => {
  test("writes the general body into exactly its room and nothing beside it", () => {
    fc.assert(
      fc.property(anyOfKind("frame"), (entry) => {
        const { loggedAt: _, ...frame } = entry as FrameEntry;
        const room = new Uint8Array(5 + frameBodyOverhead + frame.raw.length + 5).fill(0xee);
        const end = putFrameBody(room, 5, frame);
        expect(end).toBeLessThanOrEqual(room.length - 5);
        expect(room.subarray(5, end)).toEqual(new Uint8Array(packBody(frame)));
        expect([...room.subarray(0, 5), ...room.subarray(end)].every((byte) => byte === 0xee)).toBe(true);
      }),
    );
  });
});
