// Classifying and reading captured TCP streams.
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { type CapturedStream, readCapturedStream } from "../../../src/wire/pcap/captured-stream.js";
import { tcpStreams } from "../../../src/wire/pcap/tcp-streams.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { Conversation } from "../../support/cassettes/captures.js";

const mask = Uint8Array.of(1, 2, 3, 4);
const call = encodeFrame({ opcode: 1, payload: utf8('[2,"1","Heartbeat",{}]'), mask });
const answer = encodeFrame({ opcode: 1, payload: utf8('[3,"1",{}]') });

const read = (conversation: Conversation, from = 0): CapturedStream => {
  const segments = conversation.packets.slice(from).map(({ segment }) => segment);
  return readCapturedStream(tcpStreams(segments)[0]!);
};

const kinds = (stream: CapturedStream): readonly string[] =>
  stream.kind === "websocket" ? stream.items.map(({ kind, from }) => `${from} ${kind}`) : [stream.kind];

describe("readCapturedStream", () => {
  test("reads a connection with both heads", () => {
    const stream = read(new Conversation().open().upgrade().say("charger", call).say("csms", answer));
    expect(stream).toMatchObject({ kind: "websocket", charger: { port: 50_000 }, csms: { port: 9000 } });
    expect(kinds(stream)).toEqual(["charger head", "csms head", "charger frame", "csms frame"]);
  });

  test("finds the frames and the charger of a connection whose start is missing", () => {
    const stream = read(new Conversation().open().upgrade().say("csms", answer).say("charger", call), 5);
    expect(stream).toMatchObject({ kind: "websocket", request: undefined, charger: { port: 50_000 } });
    expect(kinds(stream)).toEqual(["csms frame", "charger frame"]);
  });

  test("reads the answer that refuses an upgrade", () => {
    const request = "GET /CP1 HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
    const refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 3\r\n\r\nno.";
    const stream = read(new Conversation().open().say("charger", utf8(request)).say("csms", utf8(refusal)));
    expect(stream).toMatchObject({
      kind: "refused",
      body: utf8("no."),
      response: { startLine: "HTTP/1.1 401 Unauthorized" },
    });
    expect(read(new Conversation().open().say("charger", utf8(request)))).toMatchObject({
      kind: "refused",
      response: undefined,
    });
  });

  test.each([
    ["tls", utf8("\u0016\u0003\u0001\u0002\u0000\u0001")],
    ["http", utf8("GET / HTTP/1.1\r\nHost: a\r\n\r\n")],
    ["other", utf8("SSH-2.0-x\r\n")],
    ["other", call],
  ])("recognises %s", (kind, first) => {
    expect(read(new Conversation().open().say("charger", first))).toEqual({ kind });
  });

  test("classifies a stream without bytes as empty", () => {
    expect(read(new Conversation().open())).toEqual({ kind: "empty" });
  });
});

test("readCapturedStream reads a packet with more frames than a call may have arguments", () => {
  const ping = encodeFrame({ opcode: 9, payload: new Uint8Array(0) });
  const many = new Uint8Array(400_000);
  for (let at = 0; at < many.length; at += ping.length) many.set(ping, at);
  const stream = read(new Conversation().open().upgrade().say("csms", many));
  expect(stream.kind === "websocket" ? stream.items.length : 0).toBe(200_002);
});
