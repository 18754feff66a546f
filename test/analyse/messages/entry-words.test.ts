// Entries in words.
import { describe, expect, test } from "vitest";
import { dialogueOf } from "../../../src/analyse/messages/dialogue.js";
import {
  contentWords,
  controlWords,
  entryWords,
  fragmentWords,
  messageName,
} from "../../../src/analyse/messages/entry-words.js";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { closeBody } from "../../../src/wire/websocket/close-frame.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { fromCharger, fromCsms, smallRecording } from "../../support/cassettes/entries.js";

const wordsOf = (entry: Entry): string => (entry.kind === "frame" ? "" : entryWords(entry));

describe("entryWords", () => {
  test("every kind of entry has a line of words", () => {
    const all = smallRecording(0).map(wordsOf);
    expect(all).toEqual([
      "session 2026-01-02T03:04:05.678Z CP-0001 record (ocpp-vcr 0.1.0)",
      "checkpoint 2026-01-02T03:04:05.678Z",
      "connection 1 opened by CP-0001 from 127.0.0.1:50000 to ws://127.0.0.1:9000/ocpp/CP-0001, ocpp1.6",
      "note example: a note",
      "connection 1 closed: end by charger",
      "end 2026-01-02T04:04:05Z, 5 entries",
    ]);
  });

  test("a decision's line names the rule, the fault and the outcome", () => {
    const words = entryWords({
      kind: "decision",
      connection: 1,
      direction: "cp-to-csms",
      at: 1,
      rule: "slow",
      fault: "delay",
      type: "CALL",
      action: "Heartbeat",
      ordinal: 3,
      draw: null,
      outcome: "delayed 240 ms",
      original: utf8(""),
      sent: [],
    });
    expect(words).toBe("rule slow: delay of CALL Heartbeat 3: delayed 240 ms");
  });
});

describe("what messages are called", () => {
  test("a message's name marks compression and cut-off messages", () => {
    const fragment = encodeFrame({ opcode: 1, payload: utf8('[2,"1","Heart'), fin: false });
    const items = dialogueOf([
      fromCharger('[2,"1","Heartbeat",{}]'),
      fromCsms("junk"),
      fromCsms("", { raw: fragment }),
    ]);
    expect(items.map(({ message, label }) => messageName(message, label))).toEqual([
      "CALL Heartbeat",
      "unreadable",
      "CALL ? [cut off]",
    ]);
  });

  test("a message that is not text is shown by its first bytes", () => {
    const [item] = dialogueOf([
      fromCsms("", { raw: encodeFrame({ opcode: 2, payload: Uint8Array.of(255, 1) }) }),
    ]);
    expect(item === undefined ? "" : contentWords(item.message)).toBe("2 bytes: ff01");
  });

  test("a close frame shows its code and reason, a ping its length", () => {
    const close = encodeFrame({ opcode: 8, payload: closeBody(1001, "away") });
    const ping = encodeFrame({ opcode: 9, payload: utf8("abc") });
    const items = dialogueOf([fromCsms("", { raw: ping }), fromCsms("", { raw: close })]);
    expect(items.map(({ message }) => controlWords(message))).toEqual(["ping, 3 bytes", "close 1001 away"]);
  });

  test("a fragment and bytes that are not a frame have different words", () => {
    expect(fragmentWords(fromCsms("abc"))).toBe("fragment, 3 bytes");
    expect(fragmentWords(fromCsms("", { raw: Uint8Array.of(1) }))).toBe("1 byte that is not a frame");
  });
});
