// The salt of a file, found where it is.
import { describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import { magic } from "../../../src/cassette/format/codec.js";
import { findSalt } from "../../../src/cassette/format/salt.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { fromCharger, session, smallRecording } from "../../support/cassettes/entries.js";

const find = (bytes: Uint8Array): number | undefined => findSalt(bytes, magic.length, crc32);

describe("findSalt", () => {
  const bytes = cassetteBytes(smallRecording());

  test("takes it from the session", () => {
    expect(find(bytes)).toBe(session.salt);
  });

  test("takes it from a checkpoint where the session is damaged", () => {
    const damaged = bytes.slice();
    damaged[30]! ^= 1;
    expect(find(damaged)).toBe(session.salt);
  });

  test("takes the one under which most bytes are whole records", () => {
    const foreign = cassetteBytes(
      [
        { ...session, salt: 3 },
        { kind: "checkpoint", at: 0, wall: "", salt: 3, entries: 1 },
      ],
      3,
    );
    const own = cassetteBytes(smallRecording()).subarray(magic.length);
    expect(find(concat([magic, Uint8Array.of(0xc1), foreign, own]))).toBe(session.salt);
  });

  test("is undefined where no record tells it", () => {
    expect(find(magic)).toBeUndefined();
    expect(find(cassetteBytes([fromCharger("x")]))).toBeUndefined();
  });

  test("never takes a salt that is no 32-bit number", () => {
    for (const salt of [-1, 2 ** 32, 0.5])
      expect(
        find(cassetteBytes([{ kind: "checkpoint", at: 0, wall: "", salt, entries: 1 }], 5)),
      ).toBeUndefined();
  });
});
