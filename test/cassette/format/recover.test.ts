// Good cassettes from bad ones.
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { recoverCassette } from "../../../src/cassette/format/recover.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { session, smallRecording } from "../../support/cassettes/entries.js";

const bytes = cassetteBytes(smallRecording());
const recover = (bad: Uint8Array): readonly Entry[] =>
  recoverCassette(readCassette(bad, crc32))?.entries ?? [];
const traffic = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ kind }) => kind === "frame");

describe("recoverCassette", () => {
  test("leaves a whole cassette as it is", () => {
    expect(cassetteBytes(recover(bytes))).toEqual(bytes);
  });

  test("gives back exactly the whole records before any cut, as a cassette without damage", () => {
    const whole = smallRecording();
    for (let cut = 200; cut < bytes.length; cut += 13) {
      const recovered = recover(bytes.subarray(0, cut));
      expect(recovered).toEqual(whole.slice(0, recovered.length));
      const longer = cassetteBytes(whole.slice(0, recovered.length + 1)).length;
      expect(longer).toBeGreaterThan(cut);
      expect(readCassette(cassetteBytes(recovered), crc32).findings.filter(({ damage }) => damage)).toEqual(
        [],
      );
    }
  });

  test("makes a session where that record is lost", () => {
    const damaged = bytes.slice();
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
    const entries = readCassette(bytes, crc32).entries;
    const hit = entries[10];
    const damaged = bytes.slice();
    damaged[(hit?.offset ?? 0) + 20]! ^= 1;
    const recovered = recoverCassette(readCassette(damaged, crc32));
    expect(recovered?.lostOctets).toBe(hit?.length);
    expect(recovered?.entries.length).toBe(entries.length);
    expect(recovered?.entries[10]).toMatchObject({
      kind: "note",
      code: "recovered",
      message: expect.stringMatching(/^\d+ bytes were lost here/),
    });
  });

  test("gives nothing where nothing is whole", () => {
    expect(recoverCassette(readCassette(bytes.subarray(0, 20), crc32))).toBeUndefined();
  });
});
