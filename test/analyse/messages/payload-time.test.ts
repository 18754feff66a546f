import { describe, expect, test } from "vitest";
import { readPayloadTime } from "../../../src/analyse/messages/payload-time.js";

const noon = Date.UTC(2026, 0, 1, 12);

describe("times inside payloads", () => {
  test.each([
    ["2026-01-01T12:00:00Z", true, true],
    ["2026-01-01T12:00:00.000000Z", true, true],
    ["2026-01-01T14:00:00+02:00", true, false],
    ["2026-01-01T15:00:00+03", true, false],
    ["2026-01-01T12:00:00", false, false],
    ["2026-01-01 12:00:00", false, false],
  ])("a payload time is read with its zone: %s", (text, isZoned, isMarkedZ) => {
    expect(readPayloadTime(text)).toEqual({ epochMs: noon, isZoned, isMarkedZ });
  });

  test.each(["", "0000-00-00T00:00:00.000Z", "12:00:00", "noon", undefined])(
    "this text is not a payload time: %s",
    (text) => {
      expect(readPayloadTime(text)).toBeUndefined();
    },
  );
});
