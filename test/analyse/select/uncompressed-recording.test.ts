// A recording without its compression.
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { uncompressedRecording } from "../../../src/analyse/select/uncompressed-recording.js";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { fromCharger } from "../../support/cassettes/entries.js";

const compressed = (message: string, parts: number): readonly Entry[] => {
  const flushed = deflateRawSync(utf8(message), { finishFlush: constants.Z_SYNC_FLUSH });
  const bytes = new Uint8Array(flushed).subarray(0, -4);
  const size = Math.ceil(bytes.length / parts);
  return Array.from({ length: parts }, (_, i) =>
    fromCharger("", {
      raw: encodeFrame({
        opcode: i === 0 ? 1 : 0,
        rsv: i === 0 ? 4 : 0,
        fin: i === parts - 1,
        payload: bytes.subarray(i * size, (i + 1) * size),
        mask: Uint8Array.of(1, 2, 3, 4),
      }),
    }),
  );
};

const raw = utf8(
  "HTTP/1.1 101 X\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n\r\n",
);
const opened = (agreed: boolean): readonly Entry[] =>
  dialogueRecording(["1 dial"]).map((entry) =>
    entry.kind === "connection-opened" && agreed ? { ...entry, response: { raw, hidden: [] } } : entry,
  );

describe("uncompressedRecording", () => {
  test("a compressed message becomes one plain frame, and the agreement is removed", () => {
    const beat = '[2,"1","Heartbeat",{}]';
    const entries = [...opened(true), ...compressed(beat, 3), ...compressed('[2,"2","A",{}]', 1)];
    const plain = uncompressedRecording(entries, inflate);
    expect(messagesOf(plain.entries).map(({ text, compression }) => [text, compression])).toEqual([
      [beat, "none"],
      ['[2,"2","A",{}]', "none"],
    ]);
    expect(plain.entries.length).toBe(entries.length - 2);
    expect(plain.positions.slice(-2)).toEqual([entries.length - 2, entries.length - 1]);
    expect([...plain.inflated]).toEqual([[1, 2]]);
    const again = plain.entries.find((entry) => entry.kind === "connection-opened");
    expect(latin1(again?.response?.raw ?? raw)).toBe("HTTP/1.1 101 X\r\n\r\n");
  });

  test("messages compressed without negotiation, or that cannot be inflated, stay and are counted", () => {
    const unasked = uncompressedRecording([...opened(false), ...compressed('[2,"1","A",{}]', 1)], inflate);
    expect([[...unasked.inflated], [...unasked.unread]]).toEqual([[], [[1, 1]]]);
    const broken = uncompressedRecording(
      [...opened(true), ...compressed('[2,"1","A",{}]', 1)],
      () => undefined,
    );
    expect([[...broken.inflated], [...broken.unread]]).toEqual([[], [[1, 1]]]);
  });

  test("a recording without compression is not changed", () => {
    const entries = dialogueRecording(["1 dial", '1> [2,"1","A",{}]', "1 close", "1 fin"]);
    const plain = uncompressedRecording(entries, inflate);
    expect(plain.entries).toEqual(entries);
    expect(plain.positions).toEqual(entries.map((_, position) => position));
  });
});
