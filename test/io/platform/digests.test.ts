// The digests that pure code is handed.
import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { crc32, keyedHash, randomSalt, sha256Hex } from "../../../src/io/platform/digests.js";

describe("crc32", () => {
  test("gives the check value of CRC-32, whole and in parts", () => {
    expect(crc32(utf8("123456789"), 0)).toBe(0xcbf43926);
    expect(crc32(utf8("6789"), crc32(utf8("12345"), 0))).toBe(0xcbf43926);
  });

  test("gives what zlib gives for every length, short or long, from every start", () => {
    const bytes = Uint8Array.from({ length: 80 }, (_, i) => (i * 151) & 0xff);
    for (let length = 0; length <= bytes.length; length++)
      for (const start of [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])
        expect(crc32(bytes.subarray(0, length), start)).toBe(zlibCrc32(bytes.subarray(0, length), start));
  });
});

describe("sha256Hex", () => {
  test("gives the digest of the empty text", () => {
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256Hex(new Uint8Array(0))).toBe(sha256Hex(""));
  });
});

describe("keyedHash", () => {
  test("is equal for equal bytes only", () => {
    expect(keyedHash(utf8("a"))).toBe(keyedHash(utf8("a")));
    expect(keyedHash(utf8("a"))).not.toBe(keyedHash(utf8("b")));
    expect(keyedHash(utf8("a"))).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("randomSalt", () => {
  test("is a number of 32 bits", () => {
    const salts = [...Array(50)].map(randomSalt);
    expect(salts.every((salt) => salt >>> 0 === salt)).toBe(true);
    expect(new Set(salts).size).toBeGreaterThan(45);
  });
});
