// A recording cut down to a selection.
import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { pairsOf } from "../../../src/analyse/messages/pairs.js";
import { prologueKinds } from "../../../src/analyse/select/prologue.js";
import { selectEntries, withFrontNotes } from "../../../src/analyse/select/select-entries.js";
import type { Selection } from "../../../src/analyse/select/selection.js";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import { encodeRecord, magic } from "../../../src/cassette/format/codec.js";
import type { Entry, FrameEntry } from "../../../src/cassette/format/entry.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { everything } from "../../support/cassettes/selections.js";

const cut = (
  entries: readonly Entry[],
  wanted: Partial<Selection>,
  prologue: "none" | "boot" | "full" = "boot",
): ReturnType<typeof selectEntries> =>
  selectEntries(entries, { ...everything, ...wanted }, { prologue }, inflate);

/** The entries in a word each: ids of messages, kinds of the rest. */
const words = (entries: readonly Entry[]): readonly string[] =>
  entries.map((entry) => {
    if (entry.kind === "note") return entry.code;
    if (entry.kind !== "frame") return entry.kind;
    const [message] = messagesOf([entry]);
    const id = /^\[(\d),"(.*?)"/.exec(message?.text ?? "");
    return id === null ? "control" : `${entry.connection} ${id[1] === "2" ? "" : "answer "}${id[2]}`;
  });

const day = dialogueRecording([
  "1 dial",
  '1> [2,"b","BootNotification",{}]',
  '1< [3,"b",{"status":"Accepted"}]',
  '1> [2,"s1","StatusNotification",{"connectorId":1}]',
  '1< [3,"s1",{}]',
  "1 reset",
  "2 dial",
  '2> [2,"h","Heartbeat",{}]',
  '2< [3,"h",{}]',
  "2 close",
  "2 fin",
  "3 dial",
  '3> [2,"start","StartTransaction",{"connectorId":1,"idTag":"T"}]',
  '3> [2,"h2","Heartbeat",{}]',
  '3< [3,"start",{"transactionId":7}]',
  "3> hex:8900",
  '3< [3,"h2",{}]',
  '3> [2,"stop","StopTransaction",{"transactionId":7}]',
  '3< [3,"stop",{}]',
  '3> [2,"h3","Heartbeat",{}]',
  '3< [3,"h3",{}]',
  "3 close",
  "3 fin",
]);

describe("selectEntries", () => {
  test("the prologue is marked and on the connection where the selection begins", () => {
    const { entries, kept, prologue, of } = cut(day, { transactions: ["7"] });
    expect(words(entries)).toEqual([
      "session",
      "connection-opened",
      "prologue",
      "3 b",
      "3 answer b",
      "3 s1",
      "3 answer s1",
      "prologue-end",
      "3 start",
      "3 answer start",
      "3 stop",
      "3 answer stop",
      "cut",
      "control",
      "connection-closed",
      "end",
    ]);
    expect({ kept, prologue, of }).toEqual({ kept: 4, prologue: 4, of: 14 });
    expect(entries[2]).toMatchObject({
      message:
        "the next 4 entries were recorded before the selection: BootNotification, StatusNotification, with their answers",
    });
    const boot = entries[3] as FrameEntry;
    expect(boot.raw).toEqual((day[2] as FrameEntry).raw);
    expect(boot.rx).toBe((day[2] as FrameEntry).rx);
  });

  test("a selection without a prologue has nothing from before it, and marks the cut", () => {
    expect(words(cut(day, { transactions: ["7"] }, "none").entries).slice(0, 5)).toEqual([
      "session",
      "connection-opened",
      "prologue",
      "prologue-end",
      "3 start",
    ]);
  });

  test("a selection from the beginning has no prologue", () => {
    const { entries } = cut(day, { to: { kind: "from-start", ns: 5e6 } });
    expect(words(entries)).toEqual([
      "session",
      "connection-opened",
      "1 b",
      "1 answer b",
      "1 s1",
      "1 answer s1",
      "connection-closed",
      "end",
    ]);
  });

  test("an answer after the span is kept with its CALL, and an answer to a CALL before it is not", () => {
    const ns = (ms: number): { kind: "from-start"; ns: number } => ({ kind: "from-start", ns: ms * 1e6 });
    const late = words(cut(day, { from: ns(13), to: ns(14) }, "none").entries);
    expect(late.filter((word) => word.startsWith("3 "))).toEqual([
      "3 start",
      "3 h2",
      "3 answer start",
      "3 answer h2",
    ]);
    const early = words(cut(day, { from: ns(14), to: ns(16) }, "none").entries);
    expect(early.filter((word) => word.startsWith("3 ") || word === "control")).toEqual([
      "3 h2",
      "control",
      "3 answer h2",
      "control",
    ]);
  });

  test("seen is recounted over the kept frames", () => {
    const counted = day.map((entry) =>
      entry.kind === "frame" && entry.connection === 3 && words([entry])[0] === "3 stop"
        ? { ...entry, seen: 2 }
        : entry,
    );
    const { entries } = cut(counted, { transactions: ["7"] });
    const stop = entries.find((entry) => words([entry])[0] === "3 stop");
    // Two answers of the prologue, and that of the start; the one to the Heartbeat is left out.
    expect(stop).toMatchObject({ seen: 3 });
  });

  test("a selection of nothing gives no entries", () => {
    const { entries, kept, missing } = cut(day, { transactions: ["8"] });
    expect({ entries, kept }).toEqual({ entries: [], kept: 0 });
    expect(missing).toEqual(["the recording has no transaction 8; its transactions are: 7"]);
  });

  test("messages of an excluded transaction are left out, and a requested start is in the prologue", () => {
    const without = selectEntries(day, everything, { prologue: "none", without: ["7"] });
    expect(words(without.entries)).not.toContain("3 stop");
    expect(words(without.entries)).toContain("3 h3");
    const late = { ...everything, only: ["StopTransaction"] };
    const { entries } = selectEntries(day, late, { prologue: "none", starts: ["7"] });
    expect(words(entries).filter((word) => word.startsWith("3 "))).toEqual([
      "3 start",
      "3 answer start",
      "3 stop",
      "3 answer stop",
    ]);
  });

  test("the prologue of a trimmed recording stays its prologue", () => {
    const first = cut(day, { transactions: ["7"] }, "full").entries;
    const again = selectEntries(first, everything, { prologue: "boot", without: ["1"] }).entries;
    expect(words(again)).toEqual(words(first));
  });

  test("kept compressed messages become plain if they depend on messages that are left out", () => {
    const head = utf8("HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    let dictionary = new Uint8Array(0);
    const compressed = day.map((entry): Entry => {
      if (entry.kind === "connection-opened") return { ...entry, response: { raw: head, hidden: [] } };
      const [message] = entry.kind === "frame" && entry.direction === "cp-to-csms" ? messagesOf([entry]) : [];
      if (entry.kind !== "frame" || message?.text === undefined || entry.connection !== 3) return entry;
      const text = utf8(message.text);
      const payload = new Uint8Array(
        deflateRawSync(text, {
          finishFlush: constants.Z_SYNC_FLUSH,
          ...(dictionary.length > 0 ? { dictionary } : {}),
        }),
      ).subarray(0, -4);
      dictionary = new Uint8Array([...dictionary, ...text]);
      return { ...entry, raw: encodeFrame({ opcode: 1, rsv: 4, payload, mask: Uint8Array.of(1, 2, 3, 4) }) };
    });
    const { entries, notes } = cut(compressed, { transactions: ["7"] });
    expect(notes).toEqual([
      expect.stringMatching(/^connection 3: kept compressed messages are stored uncompressed/),
    ]);
    expect(words(entries)).toContain("uncompressed");
    const opened = entries.find((entry) => entry.kind === "connection-opened");
    expect(latin1(opened?.response?.raw ?? new Uint8Array(0))).not.toContain("deflate");
    expect(words(entries).filter((word) => /^3 s(tart|top)$/.test(word))).toEqual(["3 start", "3 stop"]);
  });
});

describe("withFrontNotes", () => {
  test("notes are inserted after the session, and the end is recounted", () => {
    const { entries } = cut(day, { transactions: ["7"] });
    const note = { kind: "note", connection: null, at: null, code: "trimmed", message: "" } as const;
    const noted = withFrontNotes(entries, [note]);
    expect(noted[1]).toBe(note);
    expect(noted.at(-1)).toMatchObject({ kind: "end", entries: entries.length });
  });
});

// --- properties ---------------------------------------------------------------------------------------------

const message = fc.record({
  connection: fc.integer({ min: 1, max: 3 }),
  way: fc.constantFrom(">", "<"),
  id: fc.constantFrom("a", "b", "c"),
  body: fc.oneof(
    fc.constantFrom(
      '"BootNotification",{}',
      '"Heartbeat",{}',
      '"Authorize",{"idTag":"T"}',
      '"StatusNotification",{"connectorId":1}',
      '"StatusNotification",{"connectorId":2}',
      '"StartTransaction",{"connectorId":1,"idTag":"T"}',
      '"MeterValues",{"connectorId":1,"transactionId":7}',
      '"StopTransaction",{"transactionId":7,"idTag":"T"}',
      '"RemoteStartTransaction",{"idTag":"T"}',
      '"ChangeConfiguration",{"key":"A","value":"1"}',
    ),
    fc.constantFrom('{"status":"Accepted"}', '{"transactionId":7}', "{}"),
    fc.constant("?"),
  ),
});

const script = fc.tuple(fc.array(message, { maxLength: 60 }), fc.boolean()).map(([messages, closes]) => [
  "1 dial",
  "2 dial",
  "3 dial",
  ...messages.map(({ connection, way, id, body }) => {
    const type = body.startsWith('"') ? 2 : 3;
    return `${connection}${way} ${body === "?" ? "hex:8900" : `[${type},"${id}",${body}]`}`;
  }),
  ...(closes ? ["2 close", "2 fin", "1 reset"] : []),
]);

const moment = fc.option(
  fc.integer({ min: 0, max: 60 }).map((ms) => ({ kind: "from-start", ns: ms * 1e6 }) as const),
  { nil: undefined },
);

const bySpanAndAction = fc.record({
  from: moment,
  to: moment,
  only: fc.subarray(["*Notification", "MeterValues", "Start*"]),
  skip: fc.subarray(["Heartbeat", "BootNotification"]),
});

const byContext = fc.record({ transactions: fc.subarray(["7"]), connectors: fc.subarray(["1", "2"]) });

const selection: fc.Arbitrary<Selection> = fc
  .tuple(bySpanAndAction, byContext)
  .map(([some, others]) => ({ ...everything, ...some, ...others }));

/** What belongs to a transaction is told by its messages: where some are left out, less may be told the next time. */
const repeatable: fc.Arbitrary<Selection> = fc
  .oneof(bySpanAndAction, byContext)
  .map((some) => ({ ...everything, ...some }));

/** How often each message is on a recording. */
const tally = (entries: readonly Entry[]): readonly string[] =>
  messagesOf(entries)
    .filter(({ kind }) => kind === "message")
    .map(({ direction, text }) => `${direction} ${text}`)
    .sort();

describe("any selection of any recording", () => {
  const kind = fc.constantFrom(...prologueKinds);

  test("any selection of any recording is whole, and its answers have their CALLs", () => {
    fc.assert(
      fc.property(script, selection, kind, (lines, wanted, prologue) => {
        const recording = dialogueRecording(lines);
        const { entries, kept } = selectEntries(recording, wanted, { prologue });
        fc.pre(kept > 0);
        const bytes = [magic, ...entries.map((entry) => encodeRecord(entry, 1, crc32))];
        const read = readCassette(new Uint8Array(Buffer.concat(bytes)), crc32);
        expect({ state: read.state, findings: read.findings }).toEqual({ state: "whole", findings: [] });
        const pairs = (of: readonly Entry[]) => pairsOf(messagesOf(of));
        const before = pairs(recording);
        const after = pairs(entries);
        // Pairs over the whole recording mix connections; an answer that had its CALL on its own keeps it.
        for (const connection of [1, 2, 3]) {
          const own = (of: readonly Entry[]): readonly Entry[] =>
            of.filter((entry) => entry.kind === "frame" && entry.connection === connection);
          const lost = (of: readonly Entry[]): number => pairs(own(of)).orphanResponses.length;
          expect(lost(entries)).toBeLessThanOrEqual(lost(recording));
        }
        expect(after.counts.records).toBeLessThanOrEqual(before.counts.records);
      }),
    );
  });

  test("selecting the same again gives the same messages", () => {
    fc.assert(
      fc.property(script, repeatable, kind, (lines, wanted, prologue) => {
        const once = selectEntries(dialogueRecording(lines), wanted, { prologue });
        fc.pre(once.kept > 0);
        const again = selectEntries(once.entries, wanted, { prologue });
        expect(tally(again.entries)).toEqual(tally(once.entries));
      }),
      { numRuns: 300 },
    );
  });
});
