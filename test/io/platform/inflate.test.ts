// Inflating within bounds.
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { noBytes, utf8 } from "../../../src/base/bytes.js";
import { inflate } from "../../../src/io/platform/inflate.js";

const deflated = (bytes: Uint8Array): Uint8Array =>
  deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

describe("inflate", () => {
  test("gives back what was deflated, with a dictionary and without", () => {
    expect(inflate(deflated(utf8("hello")), noBytes, 100)).toEqual(utf8("hello"));
    const dictionary = utf8("hello hello");
    const leaning = deflateRawSync(utf8("hello hello"), { finishFlush: constants.Z_SYNC_FLUSH, dictionary });
    expect(inflate(leaning, dictionary, 100)).toEqual(utf8("hello hello"));
  });

  test("stops a bomb at the limit", () => {
    expect(inflate(deflated(new Uint8Array(10_000_000)), noBytes, 1_000_000)).toBeUndefined();
  });

  test("gives nothing for what is broken", () => {
    expect(inflate(Uint8Array.of(0xff, 0xff, 0xff), noBytes, 100)).toBeUndefined();
  });
});
