import { expect, test } from "vitest";
import { bytesEntry, frameEntry, type LanePlace, opaqueNote } from "../../../src/relay/lane/lane.js";
import { textFrame } from "../../rules/sample.js";

const place = (): LanePlace => ({
  connection: 3,
  direction: "cp-to-csms",
  to: "csms",
  maxFrame: 100,
  frames: { "cp-to-csms": 0, "csms-to-cp": 5 },
  other: "csms-to-cp",
});

test("the entry of a frame holds its bytes, and the other direction sees one frame more", () => {
  const here = place();
  const frame = textFrame("x");
  expect(frameEntry(here, frame, 7)).toEqual({
    kind: "frame",
    connection: 3,
    direction: "cp-to-csms",
    rx: 7,
    tx: null,
    seen: 5,
    raw: frame.raw,
  });
  expect(here.frames).toEqual({ "cp-to-csms": 1, "csms-to-cp": 5 });
});

test("bytes that are not a frame are not counted as one", () => {
  const here = place();
  expect(bytesEntry(here, "run", Uint8Array.of(1), 7)).toMatchObject({
    kind: "bytes",
    why: "run",
    seen: 5,
    tx: null,
  });
  expect(here.frames["cp-to-csms"]).toBe(0);
});

test("the note about an opaque lane names its direction", () => {
  expect(opaqueNote(place(), 7)).toMatchObject({
    entry: { kind: "note", code: "opaque", connection: 3, message: expect.stringContaining("cp-to-csms") },
  });
});
