// Whole cassettes on the disk: found, read, and written so that a file is either there with everything in it or
// not there at all (temporary file, sync, rename). Existing files are replaced only when asked for.

import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { concat } from "../../base/bytes.js";
import { errorText, systemErrorCode, VcrError } from "../../base/errors.js";
import { encodeRecord, magic } from "../../cassette/format/codec.js";
import type { Entry } from "../../cassette/format/entry.js";
import { type CassetteContents, readCassette } from "../../cassette/format/reader.js";
import { crc32 } from "../platform/digests.js";

/** A cassette as read. */
export interface CassetteFile extends CassetteContents {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** All of them. */
  readonly bytes: Uint8Array;
}

const unreadable = (path: string, error: unknown): VcrError => {
  const why = errorText(error);
  const code = systemErrorCode(error);
  const hint =
    code === "ENOENT"
      ? "Give the path of a .cassette file, or of a folder that holds some."
      : code === "ERR_FS_FILE_TOO_LARGE"
        ? "Files above 2 GiB cannot be read in one piece."
        : "";
  return new VcrError("FILE_UNREADABLE", `${path} cannot be read: ${why}`, hint, error);
};

/** Reads a file whole. */
export async function readWholeFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Reads a cassette; what is wrong inside it is among its findings. */
export async function readCassetteFile(path: string): Promise<CassetteFile> {
  const bytes = await readWholeFile(path);
  return { ...readCassette(bytes, crc32), path, size: bytes.length, bytes };
}

const cassettesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith(".cassette"))
    .map((item) => join(item.parentPath, item.name))
    .sort();

/** The cassettes that the paths name: files as they are, folders with all in and below them, in order of name. */
export function listCassettes(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    try {
      if (!statSync(path).isDirectory()) return [path];
    } catch (error) {
      throw unreadable(path, error);
    }
    const found = cassettesIn(path);
    if (found.length === 0)
      throw new VcrError(
        "FILE_UNREADABLE",
        `the folder ${path} holds no cassette`,
        "Cassettes end in .cassette.",
      );
    return found;
  });
}

const saltOf = (entries: readonly Entry[]): number => {
  for (const entry of entries)
    if (entry.kind === "session" || entry.kind === "checkpoint") return entry.salt >>> 0;
  return 0;
};

/** Says, before any work is done, that a file is there already. */
export function refuseExisting(
  path: string,
  replace: boolean,
  hint = "Give another name with -o, or --force.",
): void {
  if (!replace && existsSync(path)) throw new VcrError("FILE_UNWRITABLE", `${path} exists already`, hint);
}

/** Writes a file so that it is there whole or not at all. */
export async function writeWholeFile(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  replace = false,
): Promise<void> {
  refuseExisting(path, replace);
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, "w", 0o600);
    try {
      for await (const batch of batches(pieces)) await file.writeFile(batch);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // What cannot be removed was never made; the error at hand says why.
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof VcrError) throw error;
    const why = errorText(error);
    throw new VcrError("FILE_UNWRITABLE", `${path} cannot be written: ${why}`, "", error);
  }
}

const batchLength = 0x10_0000;

/** The pieces joined into few large ones. */
async function* batches(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let batch: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    batch.push(piece);
    length += piece.length;
    if (length < batchLength) continue;
    yield concat(batch);
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield concat(batch);
}

function* recordsOf(entries: readonly Entry[]): Generator<Uint8Array> {
  const salt = saltOf(entries);
  yield magic;
  for (const entry of entries) yield encodeRecord(entry, salt, crc32);
}

/** Writes these entries as a cassette; checksums start from the salt that the session entry carries. */
export function writeCassetteFile(path: string, entries: readonly Entry[], replace = false): Promise<void> {
  return writeWholeFile(path, recordsOf(entries), replace);
}
