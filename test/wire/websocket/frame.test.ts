// Reading, writing and masking frames, valid and invalid.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hex, noBytes, sameBytes, utf8 } from "../../../src/base/bytes.js";
import {
  applyMask,
  encodeFrame,
  type FrameParts,
  isControl,
  payloadOf,
  readFrame,
  readHeader,
} from "../../../src/wire/websocket/frame.js";
import { anyFrame, bytesFrom } from "../../support/cassettes/frames.js";

const zeros = (length: number): Uint8Array => new Uint8Array(length);
const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

interface Row {
  readonly name: string;
  /** The header's bytes. */
  readonly hex: string;
  readonly parts: FrameParts;
}

const rows: readonly Row[] = [
  { name: "an empty text", hex: "8100", parts: { opcode: 1, payload: noBytes } },
  { name: "an empty masked ping", hex: "898037fa213d", parts: { opcode: 9, payload: noBytes, mask } },
  { name: "125 bytes", hex: "827d", parts: { opcode: 2, payload: zeros(125) } },
  { name: "126 bytes", hex: "827e007e", parts: { opcode: 2, payload: zeros(126) } },
  { name: "127 bytes", hex: "827e007f", parts: { opcode: 2, payload: zeros(127) } },
  { name: "65535 bytes", hex: "827effff", parts: { opcode: 2, payload: zeros(65535) } },
  { name: "65536 bytes", hex: "827f0000000000010000", parts: { opcode: 2, payload: zeros(65536) } },
  { name: "a fragment", hex: "0101", parts: { fin: false, opcode: 1, payload: zeros(1) } },
  { name: "reserved bits and opcode", hex: "f301", parts: { rsv: 7, opcode: 3, payload: zeros(1) } },
  { name: "a long ping", hex: "897e0080", parts: { opcode: 9, payload: zeros(128) } },
  { name: "5 in 16 bits", hex: "817e0005", parts: { opcode: 1, payload: zeros(5), lengthForm: 16 } },
  {
    name: "5 in 64 bits, masked",
    hex: "81ff000000000000000537fa213d",
    parts: { opcode: 1, payload: zeros(5), lengthForm: 64, mask },
  },
];

describe.each(rows)("$name", ({ hex: header, parts }) => {
  const raw = encodeFrame(parts);

  test("encodeFrame writes the expected header", () => {
    expect(hex(raw.subarray(0, header.length / 2))).toBe(header);
    expect(raw.length).toBe(header.length / 2 + parts.payload.length);
  });

  test("readHeader and readFrame return what was encoded", () => {
    const frame = readFrame(raw);
    expect(frame).toMatchObject({
      fin: parts.fin ?? true,
      rsv: parts.rsv ?? 0,
      opcode: parts.opcode,
      declaredLength: parts.payload.length,
      headerLength: header.length / 2,
    });
    expect(frame && sameBytes(payloadOf(frame), parts.payload)).toBe(true);
  });
});

describe("readHeader", () => {
  test.each([
    ["827f0000000080000000", 2 ** 31],
    ["827f0000000100000000", 2 ** 32],
    ["827f0020000000000000", 2 ** 53],
    ["827f1000000000000000", 2 ** 60],
    ["827f8000000000000000", 2 ** 63],
    ["827fffffffffffffffff", 2 ** 64],
  ])("reads from %s a declared length of %d bytes", (digits, length) => {
    expect(readHeader(bytesFrom(digits), 0)).toMatchObject({ declaredLength: length, lengthForm: 64 });
  });

  test("returns undefined until the header is complete", () => {
    const raw = bytesFrom("81ff000000000000000537fa213d");
    for (let end = 0; end < raw.length; end++) expect(readHeader(raw.subarray(0, end), 0)).toBeUndefined();
    expect(readHeader(raw, 0)).toBeDefined();
  });

  test("reads at any offset of a larger array", () => {
    const raw = bytesFrom("0000898137fa213d00");
    expect(readHeader(raw, 2)).toMatchObject({ opcode: 9, mask, headerLength: 6, declaredLength: 1 });
  });
});

describe("readFrame", () => {
  test.each(["", "81", "8101", "810000", "827f8000000000000000"])(
    "returns undefined for %j, which is not exactly one frame",
    (digits) => {
      expect(readFrame(bytesFrom(digits))).toBeUndefined();
    },
  );

  test("returns what encodeFrame was given, and does not change its input", () => {
    fc.assert(
      fc.property(anyFrame, (parts) => {
        const before = parts.payload.slice();
        const raw = encodeFrame(parts);
        const sent = raw.slice();
        const frame = readFrame(raw);
        expect(frame && sameBytes(payloadOf(frame), before)).toBe(true);
        expect(frame).toMatchObject({
          fin: parts.fin,
          rsv: parts.rsv,
          opcode: parts.opcode,
          mask: parts.mask,
        });
        expect(sameBytes(parts.payload, before) && sameBytes(raw, sent)).toBe(true);
      }),
    );
  });
});

describe("applyMask", () => {
  test("applied twice gives the original bytes, also from an offset", () => {
    const bytes = utf8('[2,"1","Heartbeat",{}]');
    expect(applyMask(applyMask(bytes, mask), mask)).toEqual(bytes);
    expect(applyMask(bytes.subarray(5), mask, 5)).toEqual(applyMask(bytes, mask).subarray(5));
  });
});

test("isControl is true for opcodes from 8 up", () => {
  expect([0, 1, 2, 7, 8, 9, 10, 15].map(isControl)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ]);
});

test("encodeFrame can declare a length that differs from the payload's, in the shortest form for it", () => {
  const payload = utf8("abc");
  const begins = (declaredLength: number): string =>
    hex(encodeFrame({ opcode: 1, payload, declaredLength }).subarray(0, -payload.length));
  expect(begins(0)).toBe("8100");
  expect(begins(125)).toBe("817d");
  expect(begins(126)).toBe("817e007e");
  expect(begins(65_536)).toBe("817f0000000000010000");
  expect(begins(2 ** 63)).toBe("817f8000000000000000");
});
