// Compressed messages as plain frames.
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { indexRecording } from "../../../src/analyse/select/recording-index.js";
import {
  brokenConnections,
  mustBePlain,
  plainFrame,
  withoutDeflate,
} from "../../../src/analyse/select/uncompressed-messages.js";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame, readFrame } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { fromCharger } from "../../support/cassettes/entries.js";

const head = (extensions: string): { raw: Uint8Array; hidden: [] } => ({
  raw: utf8(`HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: ${extensions}\r\nX: y\r\n\r\n`),
  hidden: [],
});

const deflated = (message: string): Entry => {
  const payload = new Uint8Array(
    deflateRawSync(utf8(message), { finishFlush: constants.Z_SYNC_FLUSH }),
  ).subarray(0, -4);
  return fromCharger("", {
    raw: encodeFrame({ opcode: 1, rsv: 4, payload, mask: Uint8Array.of(1, 2, 3, 4) }),
  });
};

const recording = (extensions: string | undefined): readonly Entry[] => [
  ...dialogueRecording(["1 dial"]).map((entry) =>
    entry.kind === "connection-opened" && extensions !== undefined
      ? { ...entry, response: head(extensions) }
      : entry,
  ),
  deflated('[2,"1","Heartbeat",{}]'),
  deflated('[2,"2","Heartbeat",{}]'),
];

describe("withoutDeflate", () => {
  test("only permessage-deflate is removed from a response head", () => {
    const words = (extensions: string): string => latin1(withoutDeflate(head(extensions)).raw);
    expect(words("permessage-deflate; server_no_context_takeover")).toBe("HTTP/1.1 101 X\r\nX: y\r\n\r\n");
    expect(words("x-one, Permessage-Deflate")).toBe(
      "HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: x-one\r\nX: y\r\n\r\n",
    );
    const other = head("x-permessage-deflate");
    expect(withoutDeflate(other)).toBe(other);
  });
});

describe("brokenConnections", () => {
  test.each([
    ["permessage-deflate", [1]],
    ["permessage-deflate; client_no_context_takeover", []],
    [undefined, [1]],
  ])("a connection is broken if its sender keeps its window: %s", (extensions, expected) => {
    const entries = recording(extensions);
    const indexed = indexRecording(entries, inflate);
    expect([...brokenConnections(entries, indexed, ({ index }) => index !== 0)]).toEqual(expected);
    expect([...brokenConnections(entries, indexed, () => true)]).toEqual([]);
  });
});

describe("plainFrame", () => {
  test("a plain frame has the same content, opcode and mask", () => {
    const entries = recording("permessage-deflate");
    const item = indexRecording(entries, inflate)[1];
    const frame = item && readFrame(plainFrame(entries, item) ?? new Uint8Array(0));
    expect(frame).toMatchObject({ opcode: 1, rsv: 0, fin: true, mask: Uint8Array.of(1, 2, 3, 4) });
    expect(item && mustBePlain(entries, item, inflate)).toBe(true);
  });

  test("a message compressed without negotiation stays compressed if it can be inflated alone", () => {
    const entries = recording(undefined);
    const item = indexRecording(entries, inflate)[1];
    expect(item && mustBePlain(entries, item, inflate)).toBe(false);
  });

  test("a message that cannot be inflated has no plain frame", () => {
    const entries = recording("permessage-deflate");
    const item = indexRecording(entries)[1];
    expect(item && plainFrame(entries, item)).toBeUndefined();
  });
});
