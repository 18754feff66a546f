// The pairs view of Open OCPP Trace, against the repository's samples and the format's fixtures.
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { pairsOf } from "../../../src/analyse/messages/pairs.js";
import { utf8 } from "../../../src/base/bytes.js";
import { importOpenOcppTrace } from "../../../src/cassette/formats/open-ocpp-trace-reader.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { fromCharger, smallRecording } from "../../support/cassettes/entries.js";
import { linesOf, ownTraces, sharedTraces } from "../../support/cassettes/samples.js";

const context = { salt: () => 1, wall: "2026-01-01T00:00:00Z", tool: "" };

describe("pairsOf", () => {
  const traces = [...ownTraces(), ...sharedTraces()];
  test.each(traces.map((trace) => [trace.name, trace] as const))(
    "the pairs view of the trace %s is the expected one",
    (_, { trace, expected }) => {
      const { recordings } = importOpenOcppTrace(linesOf(trace), "x", context);
      const { vcr, ...view } = pairsOf(messagesOf(recordings[0]?.entries ?? []));
      expect({ ...view, schemaVersion: expected.schemaVersion }).toEqual(expected);
      expect(vcr.entries.length).toBe(view.records.length);
    },
  );

  test("the pairs view counts unreadable messages, types 5 and 6 and control frames separately", () => {
    const entries = [
      ...smallRecording(1),
      fromCharger("junk"),
      fromCharger('[6,"1","X",{}]'),
      fromCharger("", { raw: encodeFrame({ opcode: 9, payload: utf8("") }) }),
    ];
    const view = pairsOf(messagesOf(entries));
    expect(view.counts.records).toBe(2);
    expect(view.vcr).toEqual({ entries: [3, 4], unreadable: 1, typesFiveAndSix: 1, controlFrames: 1 });
  });
});
