// Whole cassettes on the disk.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { VcrError } from "../../../src/base/errors.js";
import {
  listCassettes,
  readCassetteFile,
  refuseExisting,
  writeCassetteFile,
  writeWholeFile,
} from "../../../src/io/cassette/cassette-file.js";
import { cassetteBytes } from "../../support/cassettes/cassette-bytes.js";
import { fromCharger, smallRecording } from "../../support/cassettes/entries.js";

const folder = mkdtempSync(join(tmpdir(), "cassette-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("writeCassetteFile", () => {
  test("writes what readCassetteFile reads", async () => {
    const path = join(folder, "new", "a.cassette");
    await writeCassetteFile(path, smallRecording());
    expect(new Uint8Array(readFileSync(path))).toEqual(cassetteBytes(smallRecording()));
    expect(await readCassetteFile(path)).toMatchObject({ path, state: "whole", size: statSync(path).size });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, "new"))).toEqual(["a.cassette"]);
  });

  test("writes entries that carry no salt", async () => {
    const path = join(folder, "bare.cassette");
    await writeCassetteFile(path, [fromCharger("x")]);
    expect(new Uint8Array(readFileSync(path))).toEqual(cassetteBytes([fromCharger("x")], 0));
  });

  test("replaces a file only when asked to", async () => {
    const path = join(folder, "taken.cassette");
    writeFileSync(path, "mine");
    await expect(writeCassetteFile(path, smallRecording())).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
    });
    expect(readFileSync(path, "utf8")).toBe("mine");
    await writeCassetteFile(path, smallRecording(), true);
    expect((await readCassetteFile(path)).state).toBe("whole");
  });
});

describe("writeWholeFile", () => {
  test("leaves nothing behind when its source fails", async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield utf8("x");
      throw new Error("no more");
    };
    await expect(writeWholeFile(join(folder, "half"), failing())).rejects.toThrow(/no more/);
    expect(readdirSync(folder).filter((name) => name.includes("half"))).toEqual([]);
  });

  test("says that a folder cannot be made", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(writeWholeFile(join(folder, "file", "x"), [])).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
    });
  });
});

describe("refuseExisting", () => {
  test("lets a name pass that is free, or may be replaced", () => {
    refuseExisting(join(folder, "free"), false);
    refuseExisting(folder, true);
    expect(() => refuseExisting(folder, false)).toThrow(VcrError);
  });
});

describe("readCassetteFile", () => {
  test("says that a file is not there", async () => {
    await expect(readCassetteFile(join(folder, "none"))).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});

describe("listCassettes", () => {
  test("finds all cassettes below a folder, in order of name", () => {
    const cassettes = join(folder, "cassettes");
    mkdirSync(join(cassettes, "b", "c"), { recursive: true });
    for (const name of ["z.cassette", "b/2.cassette", "b/c/1.cassette", "note.txt"])
      writeFileSync(join(cassettes, name), "");
    const found = ["b/2.cassette", "b/c/1.cassette", "z.cassette"].map((name) => join(cassettes, name));
    expect(listCassettes([cassettes])).toEqual(found);
    expect(listCassettes([join(cassettes, "note.txt"), join(cassettes, "b")])).toEqual([
      join(cassettes, "note.txt"),
      ...found.slice(0, 2),
    ]);
  });

  test("says that a path leads nowhere, or to no cassette", () => {
    mkdirSync(join(folder, "empty"));
    expect(() => listCassettes([join(folder, "empty")])).toThrow(/holds no cassette/);
    expect(() => listCassettes([join(folder, "nowhere")])).toThrow(VcrError);
  });
});
