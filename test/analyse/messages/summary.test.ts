// Recordings counted.
import { describe, expect, test } from "vitest";
import { entryTimeNs } from "../../../src/analyse/messages/entry-time.js";
import { summaryOf } from "../../../src/analyse/messages/summary.js";
import { fromCharger, smallRecording } from "../../support/cassettes/entries.js";

describe("summaryOf", () => {
  test("a summary counts connections, frames, messages and entries", () => {
    expect(summaryOf(smallRecording(3))).toMatchObject({
      identity: "CP-0001",
      startedAt: "2026-01-02T03:04:05.678Z",
      durationNs: 8e12,
      capture: "wire",
      connections: 1,
      subprotocols: ["ocpp1.6"],
      frames: { "cp-to-csms": 3, "csms-to-cp": 3 },
      messages: { "cp-to-csms": { CALL: 3, CALLRESULT: 0, unreadable: 0 }, "csms-to-cp": { CALLRESULT: 3 } },
      entries: { session: 1, frame: 6, note: 1, end: 1 },
    });
  });

  test("a summary has null for what the recording does not know", () => {
    const summary = summaryOf([fromCharger("x", { rx: null })]);
    expect(summary).toMatchObject({
      identity: null,
      startedAt: null,
      durationNs: null,
      capture: null,
      connections: 0,
    });
  });
});

describe("timeOf", () => {
  test("the time of an entry is when it was read or when it happened", () => {
    expect(smallRecording(1).map(entryTimeNs)).toEqual([
      0, 0, 5_000_000, 1e10, 10_001_000_000, 6e9, 7e12, 8e12,
    ]);
    expect(entryTimeNs({ kind: "gap", from: 5, to: 6, entries: 1, octets: 1, why: "" })).toBe(5);
  });
});
