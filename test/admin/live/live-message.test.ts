// Reading the messages of a live connection from its frames.
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ConnectionReader } from "../../../src/admin/live/live-message.js";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";

const opened = (response: string | null) =>
  ({
    kind: "connection-opened",
    connection: 1,
    ordinal: 1,
    at: 0,
    identity: "CP1",
    from: null,
    url: null,
    subprotocol: null,
    request: null,
    response: response === null ? null : { raw: utf8(response), hidden: [] },
  }) as const;

const frame = (raw: Uint8Array, direction: "cp-to-csms" | "csms-to-cp" = "cp-to-csms", rx = 0) =>
  ({ kind: "frame", connection: 1, direction, rx, tx: rx, seen: 0, raw }) as const;

const text = (payload: string): Uint8Array => encodeFrame({ opcode: 1, payload: utf8(payload) });

describe("the reader of a live connection", () => {
  test("an answer gets the action of its CALL, and its latency", () => {
    const reader = new ConnectionReader(opened(null));
    reader.push(frame(text('[2,"a","Heartbeat",{}]'), "cp-to-csms", 1e6));
    expect(reader.open("cp-to-csms")).toHaveLength(1);
    const answer = reader.push(frame(text('[3,"a",{}]'), "csms-to-cp", 4e6));
    expect(answer).toMatchObject({ type: "CALLRESULT", action: "Heartbeat", latencyMs: 3 });
    expect(reader.open("cp-to-csms")).toEqual([]);
    expect(reader.push(frame(text('[3,"a",{}]'), "csms-to-cp", 5e6))).toMatchObject({
      action: null,
      latencyMs: null,
    });
  });

  test("the answer to an injected CALL gets its action and latency", () => {
    const reader = new ConnectionReader(opened(null));
    const raw = encodeFrame({ opcode: 1, payload: utf8('[2,"ours","ClearCache",{}]') });
    reader.pushInjected({ kind: "injected", connection: 1, direction: "csms-to-cp", at: 1e6, by: "me", raw });
    const ping = encodeFrame({ opcode: 9, payload: utf8('[2,"ping","A",{}]') });
    reader.pushInjected({
      kind: "injected",
      connection: 1,
      direction: "csms-to-cp",
      at: 1e6,
      by: "me",
      raw: ping,
    });
    expect(reader.open("csms-to-cp").map(({ id }) => id)).toEqual(["ours"]);
    expect(reader.push(frame(text('[3,"ours",{}]'), "cp-to-csms", 3e6))).toMatchObject({
      action: "ClearCache",
      latencyMs: 2,
    });
  });

  test("fragments are joined, control frames skipped, and bytes that are not UTF-8 shown in Base64", () => {
    const reader = new ConnectionReader(opened(null));
    const first = encodeFrame({ opcode: 1, fin: false, payload: utf8('[2,"a","Heart') });
    expect(reader.push(frame(first))).toBeUndefined();
    expect(reader.push(frame(encodeFrame({ opcode: 9, payload: utf8("ping") })))).toBeUndefined();
    expect(reader.push(frame(encodeFrame({ opcode: 0, payload: utf8('beat",{}]') })))).toMatchObject({
      action: "Heartbeat",
    });
    const binary = reader.push(frame(encodeFrame({ opcode: 2, payload: Uint8Array.of(0xff, 0xfe) })));
    expect(binary).toMatchObject({ type: "unreadable", text: null, base64: "//4=", octets: 2 });
  });

  test("compressed messages are inflated, and a message that is too large is shown without text", () => {
    const head = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    const reader = new ConnectionReader(opened(head));
    const squeezed = deflateRawSync(utf8('[2,"a","Heartbeat",{}]'), { finishFlush: 2 });
    const payload = new Uint8Array(squeezed.subarray(0, squeezed.length - 4));
    expect(reader.push(frame(encodeFrame({ opcode: 1, rsv: 4, payload })))).toMatchObject({
      action: "Heartbeat",
    });
    const broken = encodeFrame({ opcode: 1, rsv: 4, payload: Uint8Array.of(0xff, 0xff) });
    expect(reader.push(frame(broken))).toMatchObject({ type: "unreadable", text: null });
    const endless = encodeFrame({ opcode: 1, payload: new Uint8Array(2_000_000) });
    expect(reader.push(frame(endless))).toMatchObject({ type: "unreadable", text: null, base64: null });
    expect(latin1(endless).length).toBeGreaterThan(2_000_000);
  });
});
