// Good tapes from bad ones.
import { describe, expect, test } from "vitest";
import type { Entry } from "../../src/cassette/entry.js";
import { readTape } from "../../src/cassette/reader.js";
import { recoverTape } from "../../src/cassette/recover.js";
import { crc32 } from "../../src/io/digests.js";
import { session, smallTape } from "../support/entries.js";
import { tapeOctets } from "../support/tape-octets.js";

const octets = tapeOctets(smallTape());
const recover = (bad: Uint8Array): readonly Entry[] => recoverTape(readTape(bad, crc32))?.entries ?? [];
const traffic = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ kind }) => kind === "frame");

describe("recoverTape", () => {
  test("leaves a whole tape as it is", () => {
    expect(tapeOctets(recover(octets))).toEqual(octets);
  });

  test("gives back every whole record before any cut, in a tape that is whole", () => {
    for (let cut = 200; cut < octets.length; cut += 13) {
      const cutTape = readTape(octets.subarray(0, cut), crc32);
      const recovered = recover(octets.subarray(0, cut));
      expect(traffic(recovered).length).toBe(traffic(cutTape.entries.map(({ entry }) => entry)).length);
      expect(readTape(tapeOctets(recovered), crc32)).toMatchObject({ state: "whole", findings: [] });
      const noted = recovered.some((entry) => entry.kind === "note" && entry.code === "recovered");
      expect(noted).toBe(cutTape.state === "torn");
    }
  });

  test("makes a session where that record is lost", () => {
    const damaged = octets.slice();
    damaged[40]! ^= 1;
    const [first, ...rest] = recover(damaged);
    expect(first).toMatchObject({
      kind: "session",
      identity: "CP-0001",
      salt: session.salt,
      source: "recover",
    });
    expect(traffic(rest).length).toBe(32);
  });

  test("says what was lost, and where", () => {
    const recovered = recoverTape(readTape(octets.subarray(0, -5), crc32));
    expect(recovered?.lostOctets).toBeGreaterThan(0);
    expect(recovered?.entries.at(-2)).toMatchObject({
      kind: "note",
      message: expect.stringMatching(/octets were lost: at octet \d+/),
    });
  });

  test("gives nothing where nothing is whole", () => {
    expect(recoverTape(readTape(octets.subarray(0, 20), crc32))).toBeUndefined();
  });
});
