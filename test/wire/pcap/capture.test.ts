// Reading numbers from bytes, in either byte order.
import { expect, test } from "vitest";
import { createView } from "../../../src/wire/pcap/capture.js";

const bytes = Uint8Array.of(1, 2, 3, 0xff);

test("createView reads numbers in both byte orders", () => {
  expect(createView(bytes, false).u32(0)).toBe(0x010203ff);
  expect(createView(bytes, true).u32(0)).toBe(0xff030201);
  expect(createView(bytes, true).u16(1)).toBe(0x0302);
});

test("createView reads 0 beyond the end", () => {
  expect(createView(bytes, false).u32(3)).toBe(0xff000000);
  expect(createView(bytes, false).u8(9)).toBe(0);
});
