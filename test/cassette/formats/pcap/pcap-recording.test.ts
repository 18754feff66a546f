// Where captured streams come from and go to.

import { describe, expect, test } from "vitest";
import { utf8 } from "../../../../src/base/bytes.js";
import { CaptureRecording, placeOf } from "../../../../src/cassette/formats/pcap/pcap-recording.js";
import { createHideHead } from "../../../../src/cassette/hide-secrets.js";
import { readCapturedStream } from "../../../../src/wire/pcap/captured-stream.js";
import { tcpStreams } from "../../../../src/wire/pcap/tcp-streams.js";
import { encodeFrame } from "../../../../src/wire/websocket/frame.js";
import { Conversation } from "../../../support/cassettes/captures.js";

const context = {
  salt: () => 1,
  wall: "2026-01-01T00:00:00.000Z",
  tool: "test",
  hideHead: createHideHead(() => "h"),
};

const streamOf = (conversation: Conversation) => {
  const stream = readCapturedStream(tcpStreams(conversation.packets.map(({ segment }) => segment))[0]!);
  if (stream.kind !== "websocket") throw new Error(stream.kind);
  return stream;
};

describe("placeOf", () => {
  test("names identity, addresses and URLs", () => {
    expect(placeOf(streamOf(new Conversation().open().upgrade("CP%201")), context)).toEqual({
      identity: "CP 1",
      from: "192.0.2.10:50000",
      url: "ws://csms.test:9000/ocpp/CP%201",
      base: "ws://csms.test:9000/ocpp",
    });
  });
});

describe("CaptureRecording", () => {
  test("a reset is an end of its own kind", () => {
    const stream = streamOf(new Conversation().open().upgrade().reset("charger"));
    const recording = new CaptureRecording("CP1", context.hideHead);
    recording.websocket(stream, placeOf(stream, context));
    expect(recording.finish(context).at(-2)).toMatchObject({
      kind: "connection-closed",
      ends: [{ by: "charger", how: "reset" }],
    });
  });

  test("what is torn at the end of the capture is kept, and the ends are unknown", () => {
    const frame = encodeFrame({ opcode: 1, payload: utf8("[2]") });
    const stream = streamOf(new Conversation().open().upgrade().say("csms", frame.subarray(0, 3)));
    const recording = new CaptureRecording("CP1", context.hideHead);
    recording.websocket(stream, placeOf(stream, context));
    const entries = recording.finish(context);
    expect(entries[0]).toMatchObject({ unknown: ["ends"] });
    expect(entries.at(-2)).toMatchObject({ kind: "bytes", why: "cut-off", direction: "csms-to-cp" });
  });
});
