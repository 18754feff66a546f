// The strict reading of msgpack; hostile bodies are in reader.test.ts, too.
import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { unpackBody } from "../../../src/cassette/format/unpack.js";

const packr = new Packr({ useRecords: false, structuredClone: false });

const plain = (value: unknown): unknown => {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  if (value instanceof Uint8Array) return [...value];
  return Array.isArray(value) ? value.map(plain) : value;
};

describe("unpackBody", () => {
  test("reads what msgpackr writes", () => {
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.nat(300),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }).map((value) => value + 0),
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.integer(), { maxLength: 20 }),
    );
    const keys = fc.stringMatching(/^[a-z]{1,40}$/);
    fc.assert(
      fc.property(fc.dictionary(keys, leaf, { maxKeys: 20, noNullPrototype: true }), (value) => {
        const unpacked = unpackBody(packr.pack(value));
        expect("map" in unpacked && plain(unpacked.map)).toEqual(
          Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)])),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("reads single-precision numbers and long texts of other writers", () => {
    const single = Uint8Array.of(0x81, 0xa1, 0x61, 0xca, 0x3f, 0, 0, 0);
    expect(unpackBody(single)).toEqual({ map: new Map([["a", 0.5]]) });
    const long = Uint8Array.of(0x81, 0xa1, 0x61, 0xdb, 0, 0, 0, 1, 0x62);
    expect(unpackBody(long)).toEqual({ map: new Map([["a", "b"]]) });
  });

  test.each([
    ["no map", Uint8Array.of(0x01), /no map/],
    ["64-bit integers", Uint8Array.of(0x81, 0xa1, 0x61, 0xcf, 0, 0, 0, 0, 0, 0, 0, 1), /0xcf/],
    ["the type that is never used", Uint8Array.of(0x81, 0xa1, 0x61, 0xc1), /0xc1/],
    ["an extension of any size", Uint8Array.of(0x81, 0xa1, 0x61, 0xc7, 1, 1, 1), /0xc7/],
    ["nesting beyond 8 levels", new Uint8Array(9).fill(0x91), /nested/],
  ])("refuses %s", (_, body, why) => {
    expect(unpackBody(body)).toEqual({ why: expect.stringMatching(why) });
  });

  test("never throws on garbage", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => void unpackBody(body)),
      { numRuns: 2000 },
    );
  });
});
