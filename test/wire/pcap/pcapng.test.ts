// The blocks of pcapng.
import { describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import { readPcapng } from "../../../src/wire/pcap/pcapng.js";
import { Conversation, pcapngFile } from "../../support/cassettes/captures.js";

const { packets } = new Conversation().open();

const u32 = (value: number): number[] => [
  value & 255,
  (value >>> 8) & 255,
  (value >>> 16) & 255,
  value >>> 24,
];

const block = (type: number, body: readonly number[]): Uint8Array => {
  const length = u32(body.length + 12);
  return Uint8Array.from([...u32(type), ...length, ...body, ...length]);
};

const head = block(0x0a0d0d0a, [...u32(0x1a2b3c4d), 1, 0, 0, 0, ...Array<number>(8).fill(255)]);

describe("readPcapng", () => {
  test.each([true, false])("reads packets with nanoseconds, little endian: %s", (isLittle) => {
    const { packets: read, findings } = readPcapng(pcapngFile(packets, isLittle));
    expect(findings).toEqual([]);
    expect(read.map(({ atNs }) => atNs)).toEqual(
      [1n, 2n, 3n].map((ms) => 1_700_000_000_000_000_000n + ms * 1_000_000n),
    );
  });

  test("reads several sections, each with its own byte order", () => {
    const both = concat([pcapngFile(packets, true), pcapngFile(packets, false)]);
    expect(readPcapng(both).packets).toHaveLength(6);
  });

  test("gives the packets before the place where the file is truncated", () => {
    const whole = pcapngFile(packets);
    let before = 0;
    for (let length = 12; length <= whole.length; length++) {
      const { packets: read, findings } = readPcapng(whole.subarray(0, length));
      expect(read.length).toBeGreaterThanOrEqual(before);
      before = read.length;
      expect(findings.length).toBeLessThanOrEqual(1);
    }
    expect(before).toBe(3);
  });

  test("gives simple packets no time", () => {
    const file = concat([head, block(1, [1, 0, 0, 0, ...u32(0)]), block(3, [...u32(3), 7, 8, 9, 0])]);
    expect(readPcapng(file).packets).toEqual([
      { atNs: null, link: 1, bytes: Uint8Array.of(7, 8, 9), length: 3 },
    ]);
  });

  test("reads times in the units of their interface, with its offset", () => {
    const options = [9, 0, 1, 0, 0x81, 0, 0, 0, 14, 0, 8, 0, ...u32(10), ...u32(0), 0, 0, 0, 0];
    const packet = [...u32(0), ...u32(0), ...u32(3), ...u32(0), ...u32(0)];
    const file = concat([head, block(1, [101, 0, 0, 0, ...u32(0), ...options]), block(6, packet)]);
    expect(readPcapng(file).packets).toMatchObject([{ atNs: 11_500_000_000n, link: 101 }]);
  });

  test("reports TLS secrets, and packets of an unknown interface as findings", () => {
    const file = concat([head, block(10, u32(0)), block(6, [...Array<number>(20).fill(0)])]);
    const { hasSecrets, packets: read, findings } = readPcapng(file);
    expect({ hasSecrets, read, findings: findings.length }).toEqual({
      hasSecrets: true,
      read: [],
      findings: 1,
    });
  });
});
