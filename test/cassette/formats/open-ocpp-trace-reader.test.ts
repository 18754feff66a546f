// Traces in: verbatim where the record has `raw`, built from its fields where it has not.
import { describe, expect, test } from "vitest";
import { text } from "../../../src/base/bytes.js";
import { importOpenOcppTrace } from "../../../src/cassette/formats/open-ocpp-trace-reader.js";
import type { Imported } from "../../../src/cassette/message-recording.js";
import { payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";

const context = { salt: () => 7, wall: "2026-01-01T00:00:00.000Z", tool: "test" };
const base = {
  schemaVersion: "1.1",
  timestamp: "2026-03-01T08:00:00Z",
  transport: "json",
  direction: "cp-to-csms",
  messageId: "1",
};
const read = (...records: object[]): Imported =>
  importOpenOcppTrace(
    records.map((record) => JSON.stringify({ ...base, ...record })),
    "file",
    context,
  );
const texts = ({ recordings }: Imported): readonly string[] =>
  recordings.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.kind === "frame" ? [text(payloadOf(readFrame(entry.raw)!))] : [])),
  );

describe("importOpenOcppTrace", () => {
  test("takes raw as it stands", () => {
    expect(texts(read({ messageType: "CALL", action: "X", raw: "[2, broken" }))).toEqual(["[2, broken"]);
  });

  test("builds the message of a record without raw", () => {
    const imported = read(
      { messageType: "CALL", action: "Heartbeat", payload: { a: 1 } },
      { messageType: "CALLRESULT" },
      { messageType: "CALLERROR", error: { code: "InternalError", details: { b: 2 } } },
    );
    expect(texts(imported)).toEqual([
      '[2,"1","Heartbeat",{"a":1}]',
      '[3,"1",{}]',
      '[4,"1","InternalError","",{"b":2}]',
    ]);
    expect(imported.report.remarks).toEqual(["3 messages had no raw and were built from their fields"]);
  });

  test("makes one recording a charge point, with its version", () => {
    const { recordings } = read(
      { chargePointId: "A", ocppVersion: "2.0.1", raw: "1" },
      { chargePointId: "B", raw: "2" },
      { chargePointId: "A", raw: "3", meta: {} },
    );
    expect(recordings.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(recordings[0]?.entries[2]).toMatchObject({ identity: "A", subprotocol: "ocpp2.0.1" });
    expect(recordings[0]?.entries[0]).toMatchObject({
      startedAt: "2026-03-01T08:00:00.000Z",
      capture: "messages",
    });
  });

  test("tells what it does not take", () => {
    const { report, recordings } = read(
      { transport: "soap", raw: "<x/>" },
      { direction: "x", raw: "" },
      { messageType: "CALL" },
      { raw: "" },
    );
    expect(report).toMatchObject({
      taken: 1,
      notUnderstood: 3,
      examples: [{ line: 1, why: expect.stringMatching(/SOAP/) }, { line: 2 }, { line: 3 }],
    });
    expect(recordings.length).toBe(1);
    expect(importOpenOcppTrace(["nonsense", "", "3"], "f", context).report.notUnderstood).toBe(2);
  });
});
