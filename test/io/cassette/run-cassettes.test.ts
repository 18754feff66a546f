// Which tape an entry belongs on.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { readTapeFile } from "../../../src/io/cassette/cassette-file.js";
import { createShelf } from "../../../src/io/cassette/run-cassettes.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { ownFolder } from "../../support/runs/record-process.js";

const open = async (folder: string) => {
  const heard: (string | null)[] = [];
  const shelf = createShelf({
    folder,
    clock: startClock(),
    facts: { source: "record", tool: "test", csms: null, seed: null, rules: null },
    listen: (entry, identity) => heard.push(`${identity} ${entry.kind}`),
    onFailure: (path, error) => heard.push(`${path} ${error.message}`),
  });
  return { shelf, heard };
};

const note: Entry = { kind: "note", connection: null, at: 1, code: "x", message: "x" };

describe("a shelf", () => {
  test("gives one tape to a charge point, which counts its connections", async () => {
    const folder = await ownFolder();
    const { shelf, heard } = await open(folder);
    expect(await readdir(folder)).toEqual([]);
    const tape = shelf.of("CP1");
    expect(shelf.of("CP1")).toBe(tape);
    expect([tape.nextConnection(), tape.nextConnection()]).toEqual([1, 2]);
    tape.record(note);
    await shelf.close();
    expect(heard).toEqual(["CP1 session", "CP1 note"]);
    const { entries, state } = await readTapeFile(tape.path);
    expect(state).toBe("whole");
    expect(entries[0]?.entry).toMatchObject({ kind: "session", identity: "CP1", format: 1 });
    expect(dirname(relative(folder, tape.path))).toBe("CP1");
  });

  test("keeps twins in letter case, odd names and empty ones apart, and all inside its folder", async () => {
    const folder = await ownFolder();
    const { shelf } = await open(folder);
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
    for (const identity of identities) shelf.of(identity).record(note);
    await shelf.close();
    const paths = shelf.paths();
    expect(new Set(paths.map((path) => dirname(path).toLowerCase())).size).toBe(identities.length);
    for (const path of paths)
      expect(relative(folder, path)).toMatch(/^[A-Za-z0-9._~-]{1,120}[/\\][^/\\]+\.cassette$/);
  });

  test("keeps a twin of a folder apart that was there before", async () => {
    const folder = await ownFolder();
    await mkdir(join(folder, "CP1"));
    const { shelf } = await open(folder);
    shelf.of("cp1").record(note);
    await shelf.close();
    expect(dirname(relative(folder, shelf.paths()[0] ?? ""))).toMatch(/^cp1~[0-9a-f]{8}$/);
  });

  test("puts a refusal to its charge point where there is one, else aside, and HTTP aside", async () => {
    const { shelf } = await open(await ownFolder());
    const own = shelf.of("CP1");
    expect(shelf.ofRefused("CP1")).toBe(own);
    expect(shelf.ofRefused("CP2").path).toContain("~refused");
    expect(shelf.ofRefused(undefined)).toBe(shelf.ofRefused("CP2"));
    expect(shelf.ofHttp().path).toContain("~http");
    await shelf.close();
  });

  test("makes no tape any more once it is closed", async () => {
    const folder = await ownFolder();
    const { shelf } = await open(folder);
    shelf.of("CP1");
    await shelf.close();
    shelf.ofRefused("CP2").record(note);
    expect(shelf.paths()).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["CP1"]);
  });

  test("says at once where its folder is none", async () => {
    const path = join(await ownFolder(), "file");
    await writeFile(path, "");
    await expect(open(path)).rejects.toMatchObject({ code: "FILE_UNWRITABLE", exitCode: 2 });
  });
});
