// The sequence diagram in characters.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialogueOf } from "../../../src/analyse/messages/dialogue.js";
import { sequenceRows } from "../../../src/analyse/report/sequence-text.js";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { columnsOf } from "../../../src/text/columns.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { anyEntry } from "../../support/cassettes/entries.js";
import { hostileRecording, hostileTexts } from "../../support/cassettes/hostile-texts.js";

const drawn = (entries: readonly Entry[], columns: number): readonly string[] => {
  const messages = new Map(dialogueOf(entries).map((item) => [item.position, item]));
  const source = { entries, messages, identity: "CP-1", isWanted: () => true };
  return [...sequenceRows(source, columns)].map((row) => row.map(({ text }) => text).join(""));
};

const decision: Entry = {
  kind: "decision",
  connection: 1,
  direction: "csms-to-cp",
  at: 3e6,
  rule: "lose",
  fault: "drop",
  type: "CALLRESULT",
  action: "Authorize",
  ordinal: 1,
  draw: null,
  outcome: "dropped",
  original: utf8(""),
  sent: [],
};

describe("the diagram", () => {
  test("the diagram draws calls, dashed answers with their latency, connection ends and decisions", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1> [2,"a","Authorize",{"idTag":"X"}]',
      '1< [3,"a",{}]',
      '1> [2,"b","Heartbeat",{}]',
      "1 close",
      "1 fin",
    ]);
    const rows = drawn([...recording.slice(0, 4), decision, ...recording.slice(4)], 70);
    expect(rows).toEqual([
      "               charger CP-1                                       CSMS",
      "     +0.001000 ├── connection 1 opened by CP-1 from ? to ?, ocpp1.6 ─┤",
      '     +0.002000 │── Authorize {"idTag":"X"} ─────────────────────────▶│',
      "     +0.003000 │◀╌ Authorize {} ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 1.0 ms ╌│",
      "     +0.003000 │  rule lose: drop of CALLRESULT Authorize 1: dropped │",
      "     +0.004000 │── Heartbeat {} ─────────────────── never answered ─▶│",
      "     +0.005000 │── close 1000 ──────────────────────────────────────▶│",
      "     +0.006000 ├── connection 1 closed: end by charger ──────────────┤",
    ]);
  });

  test("the diagram of several connections shows their numbers", () => {
    const rows = drawn(dialogueRecording(["1 dial", "2 dial", '2> [2,"a","Heartbeat",{}]']), 70);
    expect(rows.at(-1)).toMatch(/^ +\+0\.003000 {3}2 │── Heartbeat /);
  });

  test("the diagram shows only the wanted entries", () => {
    const entries = dialogueRecording(["1 dial", '1> [2,"a","Heartbeat",{}]', '1< [3,"a",{}]']);
    const messages = new Map(dialogueOf(entries).map((item) => [item.position, item]));
    const source = { entries, messages, identity: null, isWanted: (_: Entry, at: number) => at === 3 };
    expect([...sequenceRows(source, 80)].length).toBe(2);
  });

  test("every row of the diagram has the same width, for any text of a peer", () => {
    for (const text of [...hostileTexts, "充電器".repeat(50), "e\u0301\n\r\t".repeat(50)])
      for (const row of drawn(hostileRecording(text), 80)) expect(columnsOf(row)).toBe(80);
  });

  test("the diagram draws any entries and has at least its minimum width", () => {
    fc.assert(
      fc.property(fc.array(anyEntry), fc.integer({ min: -5, max: 200 }), (entries, columns) => {
        const widths = drawn(entries, columns).map(columnsOf);
        expect(new Set(widths).size).toBe(1);
        expect(widths[0]).toBe(Math.max(60, columns));
      }),
    );
  });
});
