import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1, hex } from "../../src/base/bytes.js";
import {
  bitString,
  bmpString,
  booleanTrue,
  bytesOf,
  childrenOf,
  fromDer,
  integer,
  isTagged,
  nullValue,
  octetString,
  oid,
  oidOf,
  sequence,
  set,
  tagged,
  taggedBytes,
  textOf,
  time,
  toDer,
  utf8String,
} from "../../src/pki/asn1.js";

describe("DER", () => {
  test.each([
    ["an empty sequence", sequence(), "3000"],
    ["a set of NULL", set(nullValue()), "31020500"],
    ["TRUE", booleanTrue(), "0101ff"],
    ["an object identifier", oid("1.2.840.10045.4.3.2"), "06082a8648ce3d040302"],
    ["a small integer", integer(2), "020102"],
    ["an integer of bytes", integer(Uint8Array.of(0x41, 0xff)), "020241ff"],
    ["bytes", octetString(Uint8Array.of(1, 2)), "04020102"],
    ["bits with unused ones", bitString(Uint8Array.of(0xa0), 5), "030205a0"],
    ["UTF-8", utf8String("ä"), "0c02c3a4"],
    ["two bytes a character", bmpString("aä"), "1e04006100e4"],
    ["a tag around an element", tagged(3, nullValue()), "a3020500"],
    ["a tag in place of another", taggedBytes(2, fromLatin1("a")), "820161"],
  ])("of %s is as X.690 says", (_, element, expected) => {
    expect(hex(toDer(element))).toBe(expected);
  });

  test.each([
    ["1949-12-31T23:59:59Z", "180f31393439313233313233353935395a"],
    ["1950-01-01T00:00:00Z", "170d3530303130313030303030305a"],
    ["1969-12-31T00:00:00.500Z", "170d3639313233313030303030305a"],
    ["2026-11-21T20:00:00Z", "170d3236313132313230303030305a"],
    ["2049-12-31T23:59:59Z", "170d3439313233313233353935395a"],
    ["2050-01-01T00:00:00Z", "180f32303530303130313030303030305a"],
  ])("of the moment %s is UTCTime from 1950 to 2049 only", (moment, expected) => {
    expect(hex(toDer(time(new Date(moment))))).toBe(expected);
  });
});

describe("reading", () => {
  test("DER is read back as it was written", () => {
    const read = fromDer(
      toDer(sequence(oid("2.5.4.3"), utf8String("Zoë"), tagged(1, bitString(Uint8Array.of(9))))),
    );
    const [type, value, tag] = childrenOf(read);
    expect(oidOf(type)).toBe("2.5.4.3");
    expect(textOf(value)).toBe("Zoë");
    expect([isTagged(tag, 1), isTagged(tag, 2)]).toEqual([true, false]);
    expect(bytesOf(childrenOf(tag)[0])).toEqual(Uint8Array.of(9));
  });

  test("the bytes of a bit string that contains DER are given unchanged", () => {
    const inner = toDer(sequence(integer(1)));
    expect(bytesOf(fromDer(toDer(bitString(inner))))).toEqual(inner);
  });

  test("bytes that are not DER give nothing, without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const read = fromDer(bytes);
        expect([childrenOf(read), bytesOf(read), oidOf(read), textOf(read)]).toHaveLength(4);
      }),
    );
    expect(fromDer(Uint8Array.of(0x30, 0x05, 0x00))).toBeUndefined();
    expect([oidOf(undefined), textOf(undefined), childrenOf(undefined)]).toEqual(["", "", []]);
  });
});
