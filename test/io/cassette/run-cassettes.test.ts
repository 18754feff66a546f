// Which cassette an entry belongs on.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { createRunCassettes } from "../../../src/io/cassette/run-cassettes.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { ownFolder } from "../../support/runs/record-process.js";

const open = async (folder: string) => {
  const heard: (string | null)[] = [];
  const cassettes = createRunCassettes({
    folder,
    clock: startClock(),
    facts: { source: "record", tool: "test", csms: null, seed: null, rules: null },
    listen: (entry, identity) => heard.push(`${identity} ${entry.kind}`),
    onFailure: (path, error) => heard.push(`${path} ${error.message}`),
  });
  return { cassettes, heard };
};

const note: Entry = { kind: "note", connection: null, at: 1, code: "x", message: "x" };

describe("a cassettes", () => {
  test("gives one cassette to a charge point, which counts its connections", async () => {
    const folder = await ownFolder();
    const { cassettes, heard } = await open(folder);
    expect(await readdir(folder)).toEqual([]);
    const cassette = cassettes.of("CP1");
    expect(cassettes.of("CP1")).toBe(cassette);
    expect([cassette.nextConnection(), cassette.nextConnection()]).toEqual([1, 2]);
    cassette.record(note);
    await cassettes.close();
    expect(heard).toEqual(["CP1 session", "CP1 note"]);
    const { entries, state } = await readCassetteFile(cassette.path);
    expect(state).toBe("whole");
    expect(entries[0]?.entry).toMatchObject({ kind: "session", identity: "CP1", format: 1 });
    expect(dirname(relative(folder, cassette.path))).toBe("CP1");
  });

  test("keeps twins in letter case, odd names and empty ones apart, and all inside its folder", async () => {
    const folder = await ownFolder();
    const { cassettes } = await open(folder);
    const identities = [
      "CP1",
      "cp1",
      "..",
      "a/b",
      "a\\b",
      "CON",
      "",
      "~refused",
      "x".repeat(300),
      "ä",
      "a\u0308",
    ];
    for (const identity of identities) cassettes.of(identity).record(note);
    await cassettes.close();
    const paths = cassettes.paths();
    expect(new Set(paths.map((path) => dirname(path).toLowerCase())).size).toBe(identities.length);
    for (const path of paths)
      expect(relative(folder, path)).toMatch(/^[A-Za-z0-9._~-]{1,120}[/\\][^/\\]+\.cassette$/);
  });

  test("keeps a twin of a folder apart that was there before", async () => {
    const folder = await ownFolder();
    await mkdir(join(folder, "CP1"));
    const { cassettes } = await open(folder);
    cassettes.of("cp1").record(note);
    await cassettes.close();
    expect(dirname(relative(folder, cassettes.paths()[0] ?? ""))).toMatch(/^cp1~[0-9a-f]{8}$/);
  });

  test("puts a refusal to its charge point where there is one, else aside, and HTTP aside", async () => {
    const { cassettes } = await open(await ownFolder());
    const own = cassettes.of("CP1");
    expect(cassettes.ofRefused("CP1")).toBe(own);
    expect(cassettes.ofRefused("CP2").path).toContain("~refused");
    expect(cassettes.ofRefused(undefined)).toBe(cassettes.ofRefused("CP2"));
    expect(cassettes.ofHttp().path).toContain("~http");
    await cassettes.close();
  });

  test("makes no cassette any more once it is closed", async () => {
    const folder = await ownFolder();
    const { cassettes } = await open(folder);
    cassettes.of("CP1");
    await cassettes.close();
    cassettes.ofRefused("CP2").record(note);
    expect(cassettes.paths()).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["CP1"]);
  });

  test("says at once where its folder is none", async () => {
    const path = join(await ownFolder(), "file");
    await writeFile(path, "");
    await expect(open(path)).rejects.toMatchObject({ code: "FILE_UNWRITABLE", exitCode: 2 });
  });
});
