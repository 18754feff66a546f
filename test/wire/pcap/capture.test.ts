// Numbers out of octets, in either byte order.
import { expect, test } from "vitest";
import { createView } from "../../../src/wire/pcap/capture.js";

const octets = Uint8Array.of(1, 2, 3, 0xff);

test("a view reads both byte orders", () => {
  expect(createView(octets, false).u32(0)).toBe(0x010203ff);
  expect(createView(octets, true).u32(0)).toBe(0xff030201);
  expect(createView(octets, true).u16(1)).toBe(0x0302);
});

test("octets beyond the end are zero", () => {
  expect(createView(octets, false).u32(3)).toBe(0xff000000);
  expect(createView(octets, false).u8(9)).toBe(0);
});
