// The writer of cassettes: on the disk, and against files that are slow, full or write by halves.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { readCassette } from "../../../src/cassette/format/reader.js";
import {
  type CassetteWriter,
  type CassetteWriterOptions,
  createCassetteWriter,
} from "../../../src/io/cassette/cassette-writer.js";
import type { AppendFile, OpenAppendFile } from "../../../src/io/files/append-file.js";
import { crc32 } from "../../../src/io/platform/digests.js";
import { fromCharger, session } from "../../support/cassettes/entries.js";

const folder = mkdtempSync(join(tmpdir(), "cassette-writer-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Failure = readonly [message: string, entriesLost: number];

const writerOf = (
  path: string,
  over: Partial<CassetteWriterOptions> = {},
): { writer: CassetteWriter; failures: Failure[] } => {
  const failures: Failure[] = [];
  let clock = 0;
  const writer = createCassetteWriter(path, {
    salt: session.salt,
    now: () => clock++,
    wall: () => "2026-01-02T03:04:05Z",
    onFailure: (error, lost) => failures.push([error.message, lost]),
    ...over,
  });
  return { writer, failures };
};

const frame = (i: number, length = 20): Entry =>
  fromCharger(`[2,"${i}","${"x".repeat(length)}",{}]`, { seen: i });
const kinds = (bytes: Uint8Array): string[] =>
  readCassette(bytes, crc32).entries.map(({ entry }) => entry.kind);
const seen = (bytes: Uint8Array): number[] =>
  readCassette(bytes, crc32).entries.flatMap(({ entry }) => (entry.kind === "frame" ? [entry.seen] : []));

/** A file in memory; `accept` says how many bytes of a write it takes, or refuses it. */
class FakeFile implements AppendFile {
  written: Uint8Array[] = [];
  writes = 0;
  syncs = 0;
  private readonly accept: (length: number, write: number) => number | Error;

  constructor(accept: (length: number, write: number) => number | Error = (length) => length) {
    this.accept = accept;
  }

  readonly open: OpenAppendFile = (_, done) => setImmediate(() => done(null, this));

  write(pieces: readonly Uint8Array[], done: (error: Error | null, written: number) => void): void {
    const all = concat(pieces).slice();
    setImmediate(() => {
      const taken = this.accept(all.length, this.writes++);
      if (taken instanceof Error) return done(taken, 0);
      this.written.push(all.subarray(0, taken));
      done(null, Math.min(taken, all.length));
    });
  }

  datasync(done: (error: Error | null) => void): void {
    this.syncs++;
    setImmediate(() => done(null));
  }

  close(done: (error: Error | null) => void): void {
    setImmediate(() => done(null));
  }

  bytes(): Uint8Array {
    return concat(this.written);
  }
}

describe("a cassette writer on the disk", () => {
  test("writes a cassette that is whole once it is closed", async () => {
    const path = join(folder, "CP-1", "run", "a.cassette");
    const { writer, failures } = writerOf(path);
    writer.write(session);
    for (let i = 0; i < 500; i++) writer.write(frame(i, i));
    writer.write(frame(500, 300_000));
    writer.write(frame(501));
    await writer.close();
    const bytes = readFileSync(path);
    const cassette = readCassette(bytes, crc32);
    expect(cassette).toMatchObject({ state: "whole", findings: [] });
    expect(kinds(bytes).slice(0, 3)).toEqual(["session", "checkpoint", "frame"]);
    expect(seen(bytes)).toEqual([...Array(502).keys()]);
    expect(cassette.entries.at(-1)?.entry).toMatchObject({ kind: "end", entries: 504 });
    expect(writer.entries).toBe(505);
    expect(failures).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  test("has handed everything to the file when flush resolves", async () => {
    const path = join(folder, "b.cassette");
    const { writer } = writerOf(path);
    writer.write(session);
    for (let i = 0; i < 10; i++) {
      writer.write(frame(i));
      await writer.flush();
      expect(seen(readFileSync(path))).toEqual([...Array(i + 1).keys()]);
    }
    expect(readCassette(readFileSync(path), crc32).state).toBe("unfinished");
    await writer.close();
  });

  test("makes no file while there is nothing to write", async () => {
    const { writer } = writerOf(join(folder, "none.cassette"));
    await writer.close();
    expect(() => statSync(writer.path)).toThrow();
  });

  test("never writes into a file that exists", async () => {
    const path = join(folder, "taken.cassette");
    const { writer: first } = writerOf(path);
    first.write(session);
    await first.close();
    const before = readFileSync(path);
    const { writer, failures } = writerOf(path);
    writer.write(session);
    await writer.close();
    expect(failures.map(([, lost]) => lost)).toEqual([0, 3]);
    expect(failures[0]?.[0]).toMatch(/EEXIST/);
    expect(writer.failed).toBe(true);
    expect(readFileSync(path)).toEqual(before);
  });

  test("says that a folder cannot be made", async () => {
    const blocked = join(folder, "file");
    const { writer: other } = writerOf(blocked);
    other.write(session);
    await other.close();
    const { writer, failures } = writerOf(join(blocked, "x", "a.cassette"));
    writer.write(session);
    await writer.flush();
    expect(failures).toMatchObject([[expect.stringMatching(/ENOTDIR|EEXIST/), 0]]);
    writeFileSync(join(folder, "proof"), "");
    await writer.close();
  });
});

describe("a cassette writer on files that misbehave", () => {
  test("writes the rest after a short write, in order", async () => {
    const file = new FakeFile((length, write) => Math.min(length, 1 + ((write * 37) % 101)));
    const { writer, failures } = writerOf("a", { open: file.open });
    writer.write(session);
    for (let i = 0; i < 60; i++) writer.write(frame(i));
    await writer.close();
    expect(readCassette(file.bytes(), crc32)).toMatchObject({ state: "whole", findings: [] });
    expect(seen(file.bytes())).toEqual([...Array(60).keys()]);
    expect(failures).toEqual([]);
  });

  test("goes on where it stopped when a full disk has room again", async () => {
    let full = false;
    const file = new FakeFile((length) => (full ? new Error("ENOSPC") : length));
    const { writer, failures } = writerOf("a", { open: file.open });
    writer.write(session);
    await writer.flush();
    full = true;
    for (let i = 0; i < 5; i++) writer.write(frame(i));
    await writer.flush();
    writer.write(frame(5));
    await writer.flush();
    expect(failures).toEqual([["ENOSPC", 0]]);
    expect(writer.failed).toBe(true);
    full = false;
    writer.write(frame(6));
    await writer.close();
    expect(writer.failed).toBe(false);
    expect(readCassette(file.bytes(), crc32)).toMatchObject({ state: "whole", findings: [] });
    expect(seen(file.bytes())).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("counts what a full disk costs in a gap", async () => {
    let full = true;
    const file = new FakeFile((length, write) => (full && write > 0 ? new Error("ENOSPC") : length));
    const { writer } = writerOf("a", { open: file.open, queueLimit: 2000 });
    writer.write(session);
    await writer.flush();
    for (let i = 0; i < 100; i++) writer.write(frame(i));
    await writer.flush();
    full = false;
    await writer.flush();
    writer.write(frame(100));
    await writer.close();
    const cassette = readCassette(file.bytes(), crc32);
    expect(cassette.state).toBe("whole");
    const gap = cassette.entries.find(({ entry }) => entry.kind === "gap")?.entry;
    const kept = seen(file.bytes());
    expect(kept.at(-1)).toBe(100);
    expect(gap).toMatchObject({ kind: "gap", entries: 101 - kept.length });
    expect(kept.slice(0, -1)).toEqual([...Array(kept.length - 1).keys()]);
  });

  test("says at the end how many entries a disk that stays full has cost", async () => {
    const file = new FakeFile((length, write) => (write === 0 ? length : new Error("EIO")));
    const { writer, failures } = writerOf("a", { open: file.open });
    writer.write(session);
    await writer.flush();
    for (let i = 0; i < 7; i++) writer.write(frame(i));
    await writer.close();
    expect(failures).toEqual([
      ["EIO", 0],
      ["8 entries of a could not be written", 8],
    ]);
    expect(readCassette(file.bytes(), crc32)).toMatchObject({ state: "unfinished", entries: { length: 2 } });
  });

  test("leaves a prefix of the entries wherever it is stopped", async () => {
    for (let stop = 0; stop < 30; stop++) {
      const file = new FakeFile((length, write) =>
        write < stop ? Math.min(length, 97) : new Error("stopped"),
      );
      const { writer } = writerOf("a", { open: file.open });
      writer.write(session);
      for (let i = 0; i < 20; i++) writer.write(frame(i));
      await writer.close();
      const kept = seen(file.bytes());
      expect(kept).toEqual([...Array(kept.length).keys()]);
    }
  });

  test("writes what comes within a few milliseconds with one call", async () => {
    const file = new FakeFile();
    const { writer } = writerOf("a", { open: file.open });
    writer.write(session);
    for (let i = 0; i < 1000; i++) writer.write(frame(i));
    await writer.close();
    expect(file.writes).toBeLessThanOrEqual(2);
    expect(file.syncs).toBe(1);
  });

  test("repeats the salt in a checkpoint every 4 MiB", async () => {
    const file = new FakeFile();
    const { writer } = writerOf("a", { open: file.open });
    writer.write(session);
    for (let i = 0; i < 100; i++) writer.write(frame(i, 100_000));
    await writer.close();
    expect(kinds(file.bytes()).filter((kind) => kind === "checkpoint").length).toBe(3);
  });

  test("takes nothing after it was closed", async () => {
    const file = new FakeFile();
    const { writer } = writerOf("a", { open: file.open });
    writer.write(session);
    const closed = writer.close();
    writer.write(frame(1));
    expect(writer.close()).toBe(closed);
    await closed;
    expect(kinds(file.bytes())).toEqual(["session", "checkpoint", "end"]);
  });
});
