// Link layers and IP headers, valid and invalid.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.js";
import { unpackPacket } from "../../../src/wire/pcap/ip-packets.js";
import { Conversation, ipBytes, linkHeaders } from "../../support/cassettes/captures.js";

const segment = new Conversation().say("charger", utf8("hello")).packets[0]!.segment;
const packet = (link: number, bytes: Uint8Array) => ({ atNs: 5n, link, bytes, length: bytes.length });

describe("unpackPacket", () => {
  test.each(Object.entries(linkHeaders))("reads TCP over IPv4 in %s", (_, { link, bytes }) => {
    const found = unpackPacket(packet(link, concat([Uint8Array.from(bytes), ipBytes(segment)])));
    expect(found).toEqual({ kind: "tcp", segment: { ...segment, atNs: 5n } });
  });

  test("reads TCP over IPv6 with extension headers, and shortens the addresses", () => {
    const plain = ipBytes(segment, 6);
    const extended = concat([
      plain.subarray(0, 40),
      Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0),
      plain.subarray(40),
    ]);
    extended.set([0, plain.length - 32], 4);
    extended[6] = 60;
    for (const bytes of [plain, extended])
      expect(unpackPacket(packet(101, bytes))).toMatchObject({
        kind: "tcp",
        segment: { from: { address: "fd00::c000:20a", port: 50_000 }, payload: utf8("hello") },
      });
  });

  test("leaves the padding of short Ethernet frames out of the payload", () => {
    const empty = new Conversation().open().packets[2]!.segment;
    const padded = concat([
      Uint8Array.from(linkHeaders.ethernet?.bytes ?? []),
      ipBytes(empty),
      new Uint8Array(6),
    ]);
    expect(unpackPacket(packet(1, padded))).toMatchObject({
      segment: { payload: new Uint8Array(0), missing: 0 },
    });
  });

  test("counts the bytes that the capture left out as missing", () => {
    const whole = ipBytes(segment);
    const cut = { atNs: 5n, link: 101, bytes: whole.subarray(0, whole.length - 2), length: whole.length };
    expect(unpackPacket(cut)).toMatchObject({ kind: "tcp", segment: { payload: utf8("hel"), missing: 2 } });
  });

  test("distinguishes fragments, other protocols and unknown link layers", () => {
    const fragment = ipBytes(segment);
    fragment[6] = 0x20;
    const datagram = ipBytes(segment);
    datagram[9] = 17;
    expect(unpackPacket(packet(101, fragment)).kind).toBe("fragment");
    expect(unpackPacket(packet(101, datagram)).kind).toBe("other");
    expect(unpackPacket(packet(127, datagram)).kind).toBe("link");
    expect(unpackPacket(packet(1, Uint8Array.from([...Array<number>(12).fill(0), 8, 6, 1]))).kind).toBe(
      "other",
    );
    expect(unpackPacket(packet(101, datagram.subarray(0, 10))).kind).toBe("cut");
  });

  test("never throws, for any bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 101, 113, 276), fc.uint8Array({ maxLength: 120 }), (link, bytes) => {
        unpackPacket(packet(link, bytes));
      }),
    );
  });
});
