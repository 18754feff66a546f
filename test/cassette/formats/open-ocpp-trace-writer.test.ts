// Traces out: valid against the format's schema, raw verbatim, and a count of what the format cannot hold.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { utf8 } from "../../../src/base/bytes.js";
import { isDateTime } from "../../../src/base/instant.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { importOpenOcppTrace } from "../../../src/cassette/formats/open-ocpp-trace-reader.js";
import { type NotInTrace, openOcppTrace } from "../../../src/cassette/formats/open-ocpp-trace-writer.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { fromCharger, fromCsms, smallRecording } from "../../support/cassettes/entries.js";
import { linesOf, ownTraces, shared, sharedTraces } from "../../support/cassettes/samples.js";

type TraceRecord = Record<string, unknown>;

const write = (entries: readonly Entry[]): { records: TraceRecord[]; notHeld: NotInTrace } => {
  const trace = openOcppTrace(entries, messagesOf(entries));
  const records = [...trace.lines].map((line) => JSON.parse(line) as TraceRecord);
  return { records, notHeld: trace.notHeld() };
};

const odd: readonly Entry[] = [
  ...smallRecording(1).slice(0, 3),
  fromCharger("no message", { rx: 1 }),
  fromCharger('[6,"s","NotifyPeriodicEventStream",{}]'),
  fromCsms('[5,"r","InternalError","",{}]'),
  fromCharger("", { raw: encodeFrame({ opcode: 9, payload: utf8("ping") }) }),
  fromCharger("", { raw: encodeFrame({ opcode: 2, payload: Uint8Array.of(0xff) }) }),
  fromCharger('[2,"1","StatusNotification",{"connectorId":3,"big":9223372036854775807}]', {
    rx: 1_500_000_000,
  }),
  fromCsms('[4,"1","NotSupported","no",{"x":[]}]', { rx: null, loggedAt: "11:00:01" }),
  { kind: "note", connection: 1, at: 1, code: "x", message: "" },
];

describe("openOcppTrace", () => {
  test("writes records with raw verbatim and the rest in meta", () => {
    const { records, notHeld } = write(odd);
    expect(records).toEqual([
      {
        schemaVersion: "1.1",
        timestamp: "2026-01-02T03:04:07.178Z",
        ocppVersion: "1.6",
        transport: "json",
        chargePointId: "CP-0001",
        direction: "cp-to-csms",
        connectorId: 3,
        messageType: "CALL",
        messageId: "1",
        action: "StatusNotification",
        payload: { connectorId: 3, big: Number("9223372036854775807") },
        raw: '[2,"1","StatusNotification",{"connectorId":3,"big":9223372036854775807}]',
        meta: { ocppVcr: { connection: 1, rx: 1_500_000_000 } },
      },
      {
        schemaVersion: "1.1",
        timestamp: "2026-01-02T03:04:05.678Z",
        ocppVersion: "1.6",
        transport: "json",
        chargePointId: "CP-0001",
        direction: "csms-to-cp",
        messageType: "CALLERROR",
        messageId: "1",
        error: { code: "NotSupported", description: "no", details: { x: [] } },
        raw: '[4,"1","NotSupported","no",{"x":[]}]',
        meta: { ocppVcr: { connection: 1, loggedAt: "11:00:01" } },
      },
    ]);
    expect(notHeld).toEqual({
      unreadable: 2,
      controlFrames: 1,
      handshakes: 1,
      typesFiveAndSix: 2,
      otherEntries: 1,
    });
  });

  const traces = [...ownTraces(), ...sharedTraces()];
  test.each(traces.map((trace) => [trace.name, trace] as const))(
    "gives back the trace %s",
    (_, { trace }) => {
      const { recordings } = importOpenOcppTrace(linesOf(trace), "x", {
        salt: () => 7,
        wall: "2026-01-01T00:00:00Z",
        tool: "",
      });
      const { records } = write(recordings[0]?.entries ?? []);
      const wanted = linesOf(trace).map((line) => JSON.parse(line) as TraceRecord);
      for (const record of records) {
        delete record.meta;
        delete record.connectorId;
      }
      for (const record of wanted) delete record.connectorId;
      expect(records).toEqual(wanted);
    },
  );

  const schema = shared("open-ocpp-trace/schema/trace-v1.schema.json");
  test.runIf(schema !== undefined)("writes records that the format's schema accepts", () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addFormat("date-time", isDateTime);
    const validate = ajv.compile(JSON.parse(readFileSync(schema ?? "", "utf8")) as object);
    for (const record of [...write(odd).records, ...write(smallRecording()).records]) {
      validate(record);
      expect(validate.errors).toBeNull();
    }
  });
});
