// Segments that are repeated, out of order or missing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, text, utf8 } from "../../../src/base/bytes.js";
import type { TcpSegment } from "../../../src/wire/pcap/ip-packets.js";
import { type TcpEvent, tcpStreams } from "../../../src/wire/pcap/tcp-streams.js";
import { Conversation } from "../../support/cassettes/captures.js";

const segmentsOf = (conversation: Conversation): TcpSegment[] =>
  conversation.packets.map(({ segment }) => segment);

const summaries = (events: readonly TcpEvent[]): readonly string[] =>
  events.map((event) => {
    const detail =
      event.kind === "data" ? text(event.bytes) : event.kind === "hole" ? `-${event.length}` : "";
    return `${event.from} ${event.kind} ${detail}`.trim();
  });

const talk = (): Conversation =>
  new Conversation().open().say("charger", utf8("abc")).say("charger", utf8("def")).say("csms", utf8("xyz"));

describe("tcpStreams", () => {
  test("gives both directions in the order of their times, and the end that opened the connection", () => {
    const [stream] = tcpStreams(segmentsOf(talk().end("csms").reset("charger")));
    expect(stream).toMatchObject({ isFromStart: true, ends: [{ port: 50_000 }, { port: 9000 }] });
    expect(summaries(stream?.events ?? [])).toEqual([
      "0 data abc",
      "0 data def",
      "1 data xyz",
      "1 end",
      "0 reset",
    ]);
  });

  test("drops repeated bytes, and puts out-of-order bytes in order", () => {
    const [syn, ack, last, abc, def, xyz] = segmentsOf(talk()) as [TcpSegment, ...TcpSegment[]];
    const both = { ...abc!, payload: utf8("abcdef") };
    const [stream] = tcpStreams([syn, ack!, last!, def!, xyz!, abc!, abc!, both]);
    expect(summaries(stream?.events ?? [])).toEqual(["1 data xyz", "0 data abc", "0 data def"]);
  });

  test("gives a hole for bytes that never arrived, also before the end", () => {
    const all = segmentsOf(talk().say("charger", utf8("ghi")).end("charger"));
    const [stream] = tcpStreams(all.filter(({ payload }) => !["def", "ghi"].includes(text(payload))));
    expect(summaries(stream?.events ?? [])).toEqual(["0 data abc", "1 data xyz", "0 hole -6", "0 end"]);
  });

  test("starts with the first captured byte if the capture began late", () => {
    const [stream] = tcpStreams(segmentsOf(talk()).slice(4));
    expect(stream?.isFromStart).toBe(false);
    expect(summaries(stream?.events ?? [])).toEqual(["0 data def", "1 data xyz"]);
  });

  test("starts another stream at a new SYN on the same ports", () => {
    const first = segmentsOf(talk().end("charger"));
    const again = segmentsOf(talk()).map((segment) => ({
      ...segment,
      sequence: (segment.sequence + 70_000) >>> 0,
    }));
    expect(tcpStreams([...first, ...again]).map(({ events }) => summaries(events)[0])).toEqual([
      "0 data abc",
      "0 data abc",
    ]);
  });

  test("gives the same bytes for any order and repetition of segments", () => {
    const payload = utf8("the quick brown fox jumps over the lazy dog");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 12 })), { maxLength: 30 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (cuts, initial) => {
          const base = segmentsOf(new Conversation().open())[0]!;
          const segmentAt = (start: number, bytes: Uint8Array): TcpSegment => ({
            ...base,
            syn: false,
            sequence: (initial + 1 + start) >>> 0,
            payload: bytes,
          });
          const pieces = cuts.map(([start, length]) =>
            segmentAt(start, payload.subarray(start, start + length)),
          );
          const [stream] = tcpStreams([{ ...base, sequence: initial }, ...pieces, segmentAt(0, payload)]);
          const data = stream?.events.flatMap((event) => (event.kind === "data" ? [event.bytes] : [])) ?? [];
          expect(text(concat(data))).toBe(text(payload));
        },
      ),
    );
  });
});
