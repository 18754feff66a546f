// Capture files in every format, complete and truncated.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCapture } from "../../../src/wire/pcap/capture-file.js";
import { Conversation, pcapFile, pcapngFile } from "../../support/cassettes/captures.js";

const { packets } = new Conversation().open();
const second = 1_700_000_000n * 1_000_000_000n;

describe("pcap", () => {
  test.each([
    { little: true, nanoseconds: false },
    { little: false, nanoseconds: false },
    { little: true, nanoseconds: true },
    { little: false, nanoseconds: true },
  ])("is read in the form %o", (form) => {
    const capture = readCapture(pcapFile(packets, form));
    expect(capture).toMatchObject({ findings: [], hasSecrets: false });
    if ("why" in capture) throw new Error(capture.why);
    expect(capture.packets.map(({ atNs }) => atNs)).toEqual(
      [1n, 2n, 3n].map((ms) => second + ms * 1_000_000n),
    );
    expect(capture.packets.map(({ link, length }) => [link, length])).toEqual([
      [1, 54],
      [1, 54],
      [1, 54],
    ]);
  });

  test("a pcap file that is truncated anywhere gives the packets before that place, and a finding", () => {
    const whole = pcapFile(packets);
    for (let length = 24; length < whole.length; length++) {
      const capture = readCapture(whole.subarray(0, length));
      if ("why" in capture) throw new Error(capture.why);
      const read = Math.floor((length - 24) / 70);
      expect(capture.packets).toHaveLength(read);
      expect(capture.findings).toHaveLength((length - 24) % 70 === 0 ? 0 : 1);
    }
  });
});

test("readCapture reads pcapng", () => {
  expect(readCapture(pcapngFile(packets))).toMatchObject({ packets: [{ link: 1 }, {}, {}], findings: [] });
});

test("readCapture names what a file is that is not a capture", () => {
  expect(readCapture(Uint8Array.of(0x1f, 0x8b, 8, 0))).toMatchObject({ why: expect.stringMatching(/gzip/) });
  expect(readCapture(new Uint8Array(0))).toMatchObject({ why: expect.stringMatching(/neither/) });
  expect(readCapture(pcapFile([]).subarray(0, 20))).toMatchObject({ why: expect.stringMatching(/header/) });
});

test("readCapture never throws, for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isNg) => {
      const file = isNg ? pcapngFile(packets) : pcapFile(packets);
      file.set(bytes.subarray(0, Math.min(bytes.length, file.length - 24)), 24);
      readCapture(file);
      readCapture(bytes);
    }),
  );
});
