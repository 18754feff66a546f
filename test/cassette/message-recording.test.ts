// What importers share: recordings of messages, and the book of an import.
import { describe, expect, test } from "vitest";
import { readCassette } from "../../src/cassette/format/reader.js";
import { ImportBook, MessageRecording, readLoggedTime } from "../../src/cassette/message-recording.js";
import { crc32 } from "../../src/io/platform/digests.js";
import { cassetteBytes } from "../support/cassettes/cassette-bytes.js";

const facts = { identity: "CP1", subprotocol: "ocpp1.6", source: "import frames" };
const context = { salt: () => 11, wall: "2026-01-01T00:00:00.000Z", tool: "test" };

describe("MessageRecording", () => {
  test("makes a recording that reads whole", () => {
    const recording = new MessageRecording(facts);
    recording.add({ direction: "cp-to-csms", text: "a", ...readLoggedTime("2026-03-01T00:00:01Z") });
    recording.add({ direction: "csms-to-cp", text: "b", ...readLoggedTime("2026-03-01T00:00:00.5Z") });
    recording.note("x", "y");
    const entries = recording.finish(context);
    expect(readCassette(cassetteBytes(entries, 11), crc32)).toMatchObject({
      state: "whole",
      salt: 11,
      findings: [],
    });
    expect(entries[0]).toMatchObject({ startedAt: "2026-03-01T00:00:01.000Z", capture: "messages" });
    expect(entries.slice(3)).toMatchObject([
      { direction: "cp-to-csms", rx: 0, seen: 0, tx: null, loggedAt: "2026-03-01T00:00:01Z" },
      { direction: "csms-to-cp", rx: -500_000_000, seen: 1 },
      { kind: "note", code: "x" },
      { kind: "end", entries: 6 },
    ]);
  });

  test("goes on to another connection and says what is not known", () => {
    const recording = new MessageRecording(facts);
    recording.add({ direction: "cp-to-csms", text: "a", ...readLoggedTime(undefined) });
    recording.connect();
    recording.cannotKnow("direction");
    recording.add({ direction: "csms-to-cp", text: "b", ...readLoggedTime(undefined) });
    const entries = recording.finish(context);
    expect(entries[0]).toMatchObject({
      unknown: ["control-frames", "handshake", "times", "ends", "direction"],
    });
    expect(entries.slice(2)).toMatchObject([
      { kind: "connection-opened", connection: 1 },
      { kind: "frame", connection: 1 },
      { kind: "connection-closed", connection: 1, ends: [] },
      { kind: "connection-opened", connection: 2, ordinal: 2 },
      { kind: "frame", connection: 2, seen: 0 },
      { kind: "end", entries: 7 },
    ]);
  });

  test("begins now where the log tells no date", () => {
    const recording = new MessageRecording(facts);
    recording.add({ direction: "cp-to-csms", text: "a", ...readLoggedTime("00:00:01") });
    recording.add({ direction: "cp-to-csms", text: "a", ...readLoggedTime("2026-03-01T00:00:01Z") });
    const entries = recording.finish(context);
    expect(entries[0]).toMatchObject({ startedAt: context.wall });
    expect(entries.slice(3, 5)).toMatchObject([{ rx: 0 }, { rx: null }]);
  });
});

describe("ImportBook", () => {
  test("counts all lines and names three", () => {
    const book = new ImportBook();
    book.take();
    for (let line = 1; line < 6; line++) book.refuse(line, "why");
    expect(book.report(["r"])).toEqual({
      taken: 1,
      notUnderstood: 5,
      examples: [1, 2, 3].map((line) => ({ line, why: "why" })),
      remarks: ["r"],
    });
  });
});
