// Old versions of the format. The file of each version stays in test/cassettes/ for ever.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatVersion } from "../../../src/cassette/format/codec.js";
import { isNewer, migrateBody } from "../../../src/cassette/format/migrate.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { smallRecording } from "../../support/cassettes/entries.js";

const folder = join(import.meta.dirname, "..", "..", "cassettes");
const fileOf = (version: number): string => join(folder, `version-${version}.cassette`);

describe("files of every version", () => {
  test("are kept", () => {
    const versions = [...Array(formatVersion).keys()].map((i) => `version-${i + 1}.cassette`);
    expect(readdirSync(folder).filter((name) => name.endsWith(".cassette"))).toEqual(versions);
  });

  test.each([...Array(formatVersion).keys()].map((i) => i + 1))("of version %i are read whole", (version) => {
    const cassette = readCassette(readFileSync(fileOf(version)), crc32);
    expect(cassette).toMatchObject({ state: "whole", findings: [] });
    expect(cassette.entries).toEqual(readCassette(cassetteBytes(smallRecording(4)), crc32).entries);
  });

  test("of the version that is written are what is written", () => {
    expect(new Uint8Array(readFileSync(fileOf(formatVersion)))).toEqual(cassetteBytes(smallRecording(4)));
  });
});

describe("migrateBody", () => {
  test("leaves bodies of this version as they are", () => {
    const body = new Map([["at", 1]]);
    expect(migrateBody("marker", body, formatVersion)).toBe(body);
  });

  test("leaves bodies of versions that never were as they are", () => {
    const body = new Map([["at", 1]]);
    for (const version of [0, -1, 99]) expect(migrateBody("marker", body, version)).toBe(body);
  });
});

describe("isNewer", () => {
  test("is true above this version alone", () => {
    expect([formatVersion - 1, formatVersion, formatVersion + 1].map(isNewer)).toEqual([false, false, true]);
  });
});
