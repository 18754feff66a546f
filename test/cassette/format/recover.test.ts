// Good tapes from bad ones.
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { readTape } from "../../../src/cassette/format/reader.js";
import { recoverTape } from "../../../src/cassette/format/recover.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { tapeOctets } from "../../support/cassettes/cassette-bytes.js";
import { session, smallTape } from "../../support/cassettes/entries.js";

const octets = tapeOctets(smallTape());
const recover = (bad: Uint8Array): readonly Entry[] => recoverTape(readTape(bad, crc32))?.entries ?? [];
const traffic = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ kind }) => kind === "frame");

describe("recoverTape", () => {
  test("leaves a whole tape as it is", () => {
    expect(tapeOctets(recover(octets))).toEqual(octets);
  });

  test("gives back exactly the whole records before any cut, as a tape without damage", () => {
    const whole = smallTape();
    for (let cut = 200; cut < octets.length; cut += 13) {
      const recovered = recover(octets.subarray(0, cut));
      expect(recovered).toEqual(whole.slice(0, recovered.length));
      const longer = tapeOctets(whole.slice(0, recovered.length + 1)).length;
      expect(longer).toBeGreaterThan(cut);
      expect(readTape(tapeOctets(recovered), crc32).findings.filter(({ damage }) => damage)).toEqual([]);
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

  test("leaves a note in the place of lost records", () => {
    const entries = readTape(octets, crc32).entries;
    const hit = entries[10];
    const damaged = octets.slice();
    damaged[(hit?.offset ?? 0) + 20]! ^= 1;
    const recovered = recoverTape(readTape(damaged, crc32));
    expect(recovered?.lostOctets).toBe(hit?.length);
    expect(recovered?.entries.length).toBe(entries.length);
    expect(recovered?.entries[10]).toMatchObject({
      kind: "note",
      code: "recovered",
      message: expect.stringMatching(/^\d+ octets were lost here/),
    });
  });

  test("gives nothing where nothing is whole", () => {
    expect(recoverTape(readTape(octets.subarray(0, 20), crc32))).toBeUndefined();
  });
});
