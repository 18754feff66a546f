// Frames of a recording -> messages.
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { messagesOf, type RecordedMessage } from "../../../src/analyse/messages/messages.js";
import { utf8 } from "../../../src/base/bytes.js";
import type { Entry, FrameEntry } from "../../../src/cassette/format/entry.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame, type FrameParts } from "../../../src/wire/websocket/frame.js";
import { fromCharger, fromCsms, smallRecording } from "../../support/cassettes/entries.js";

const mask = Uint8Array.of(9, 8, 7, 6);
const up = (parts: FrameParts, over: Partial<FrameEntry> = {}): FrameEntry =>
  fromCharger("", { raw: encodeFrame({ mask, ...parts }), ...over });
const words = (entries: readonly Entry[]): readonly unknown[] =>
  messagesOf(entries, inflate).map(({ text, complete, frames }) => [text, complete, frames]);
const opened = (extensions: string): Entry => {
  const raw = utf8(`HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: ${extensions}\r\n\r\n`);
  const entry = smallRecording(0)[2];
  if (entry?.kind !== "connection-opened") throw new Error("the sample has changed");
  return { ...entry, response: { raw, hidden: [] } };
};
const deflated = (text: string): Uint8Array =>
  new Uint8Array(deflateRawSync(utf8(text), { finishFlush: constants.Z_SYNC_FLUSH })).subarray(0, -4);

describe("messagesOf", () => {
  test("fragments are joined and unmasked, and control frames between them are messages of their own", () => {
    const entries = [
      up({ opcode: 1, fin: false, payload: utf8('[2,"ä') }),
      up({ opcode: 9, payload: utf8("ping") }),
      fromCsms("[3]"),
      up({ opcode: 0, payload: utf8('"]') }, { rx: 77 }),
    ];
    const messages = messagesOf(entries);
    expect(messages.map(({ kind, text, rx, frames }) => [kind, text, rx, frames])).toEqual([
      ["control", undefined, 1000, [1]],
      ["message", "[3]", 3000, [2]],
      ["message", '[2,"ä"]', 77, [0, 3]],
    ]);
    expect(messages[0]?.payload).toEqual(utf8("ping"));
  });

  test("fragments of different connections are not joined", () => {
    const half = (connection: number): FrameEntry =>
      up({ opcode: 1, fin: false, payload: utf8(`${connection}`) }, { connection });
    const rest = (connection: number): FrameEntry => up({ opcode: 0, payload: utf8("!") }, { connection });
    expect(words([half(1), half(2), rest(1), rest(2)])).toEqual([
      ["1!", true, [0, 2]],
      ["2!", true, [1, 3]],
    ]);
  });

  test("a message that lost bytes, the next message or the end cuts off is marked incomplete", () => {
    const begin = up({ opcode: 1, fin: false, payload: utf8("a") });
    const bytes: Entry = {
      kind: "bytes",
      connection: 1,
      direction: "cp-to-csms",
      rx: 0,
      tx: 0,
      seen: 0,
      why: "cut-off",
      raw: utf8("x"),
    };
    const closed: Entry = { kind: "connection-closed", connection: 1, at: 1, ends: [] };
    for (const end of [[bytes], [closed], []]) expect(words([begin, ...end])).toEqual([["a", false, [0]]]);
    expect(words([begin, up({ opcode: 1, payload: utf8("b") })])).toEqual([
      ["a", false, [0]],
      ["b", true, [1]],
    ]);
  });

  test("a binary message that is not UTF-8 has no text", () => {
    const [binary, broken] = messagesOf([
      up({ opcode: 2, payload: Uint8Array.of(0xff) }),
      up({ opcode: 1, payload: Uint8Array.of(0x5b, 0xc3) }),
    ]) as [RecordedMessage, RecordedMessage];
    expect([binary.text, binary.opcode, broken.text]).toEqual([undefined, 2, undefined]);
  });

  test("a message with negotiated compression is inflated and marked", () => {
    const frame = up({ opcode: 1, rsv: 4, payload: deflated("[2,1]") });
    const agreed = [opened("permessage-deflate; client_no_context_takeover"), frame, frame];
    expect(messagesOf(agreed, inflate).map(({ text, compression }) => [text, compression])).toEqual([
      ["[2,1]", "negotiated"],
      ["[2,1]", "negotiated"],
    ]);
    expect(messagesOf([frame], inflate)).toMatchObject([{ text: "[2,1]", compression: "unasked" }]);
    expect(messagesOf([frame])).toMatchObject([{ text: undefined, compression: "unasked" }]);
  });

  test("a message that cannot be inflated keeps its compressed payload", () => {
    const payload = utf8("not deflated at all");
    expect(messagesOf([up({ opcode: 1, rsv: 4, payload })], inflate)).toMatchObject([
      { text: undefined, payload },
    ]);
  });

  test("entries without traffic and broken frames make no messages", () => {
    const injected: Entry = {
      kind: "injected",
      connection: 1,
      direction: "cp-to-csms",
      at: 1,
      by: "x",
      raw: up({ opcode: 1, payload: utf8("x") }).raw,
    };
    expect(messagesOf([...smallRecording(0), injected, fromCharger("", { raw: utf8("?") })])).toEqual([]);
  });
});
