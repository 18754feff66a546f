// The bytes of a cassette -> its entries and what is wrong with it (docs/reference/cassette-format.md). Total on hostile
// files: nothing is allocated from a length that a file claims, the search after damage has a budget, the
// numbers of entries and findings are bounded. Self-synchronising: after damage the next record whose checksum
// fits goes on. Payloads are views of the bytes handed in.

import { buildEntry, type Source } from "./build-entry.js";
import { type Crc32, magic, recordHeaderLength, sync } from "./codec.js";
import type { Entry } from "./entry.js";
import { isNewer, migrateBody } from "./migrate.js";
import { fits, readRecordHeader } from "./record-header.js";
import { kindOf } from "./record-type.js";
import { findSalt } from "./salt.js";
import { type Unpacked, type UnpackedMap, unpackBody } from "./unpack.js";

/** One thing worth saying about a file, and where. */
export interface ReadFinding {
  /** Stable, kebab-case. */
  readonly code:
    | "not-a-cassette"
    | "magic"
    | "no-session"
    | "damaged"
    | "torn"
    | "body"
    | "unknown-record"
    | "newer-format"
    | "after-end"
    | "too-many";
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  /** Whether bytes or entries are lost by it. */
  readonly damage: boolean;
}

/** An entry and where its record lies. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly offset: number;
  readonly length: number;
}

/** `unfinished`: whole, but never closed (`end` is missing); `torn`: the last record is cut off. */
export type CassetteState = "whole" | "unfinished" | "torn" | "damaged";

/** What a file holds. */
export interface CassetteContents {
  readonly entries: readonly PlacedEntry[];
  readonly findings: readonly ReadFinding[];
  readonly state: CassetteState;
  /** The salt that the checksums fitted with; undefined where none was found. */
  readonly salt: number | undefined;
}

/** How much is read at most. */
export interface ReadLimits {
  readonly entries: number;
  readonly findings: number;
}

/** Enough for days of a busy charger; a file beyond it is cut with `split` first. */
const readLimits: ReadLimits = { entries: 2_000_000, findings: 1000 };

const bodySource: Source<Unpacked> = {
  member: (value, name) => (value instanceof Map ? value.get(name) : undefined),
  isMap: (value) => value instanceof Map,
  elements: (value) => (Array.isArray(value) ? value : undefined),
  bytes: (value) => (value instanceof Uint8Array ? value : undefined),
};

class CassetteReader {
  private readonly entries: PlacedEntry[] = [];
  private readonly findings: ReadFinding[] = [];
  private readonly bytes: Uint8Array;
  private readonly crc32: Crc32;
  private readonly limits: ReadLimits;
  private format = 1;
  private searched = 0;

  constructor(bytes: Uint8Array, crc32: Crc32, limits: ReadLimits) {
    // Views of a subclass would be of that subclass, whose methods may mean something else.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.crc32 = crc32;
    this.limits = limits;
  }

  read(): CassetteContents {
    const { bytes } = this;
    const start = magic.every((byte, i) => bytes[i] === byte) ? magic.length : 0;
    const salt = findSalt(bytes, start, this.crc32);
    if (salt === undefined) return this.nothing(start);
    const at = start > 0 ? start : this.passMagic(salt);
    const torn = this.walk(at, salt);
    if (this.entries[0]?.entry.kind !== "session")
      this.say("no-session", "the session record is missing", at, 0, true);
    return { entries: this.entries, findings: this.findings, state: this.state(torn), salt };
  }

  private nothing(start: number): CassetteContents {
    const { bytes } = this;
    const cut = bytes.length <= magic.length && bytes.every((byte, i) => byte === magic[i]);
    const header = start > 0 ? readRecordHeader(bytes, start) : undefined;
    const torn = cut || (start > 0 && this.looksTorn(start));
    if (torn)
      this.say("torn", "the file ends before its first record does", start, bytes.length - start, true);
    else if (start > 0 || header !== undefined)
      this.say("damaged", "no record of the file is whole", start, bytes.length - start, true);
    else
      this.say(
        "not-a-cassette",
        "the file does not begin like a cassette and holds no record of one",
        0,
        bytes.length,
        true,
      );
    return { entries: [], findings: this.findings, state: torn ? "torn" : "damaged", salt: undefined };
  }

  private passMagic(salt: number): number {
    const found = this.fitsAt(magic.length, salt) ? magic.length : this.search(0, salt);
    const until = found ?? this.bytes.length;
    this.say(
      "magic",
      "the file does not begin with the bytes of a cassette, but holds its records",
      0,
      until,
      true,
    );
    return until;
  }

  /** Reads records from `at` to the end; true when the last one is cut off. */
  private walk(from: number, salt: number): boolean {
    const { bytes } = this;
    let at = from;
    while (at < bytes.length) {
      if (this.entries.length >= this.limits.entries) {
        this.say(
          "too-many",
          `only the first ${this.limits.entries} entries were read`,
          at,
          bytes.length - at,
          true,
        );
        return false;
      }
      if (this.fitsAt(at, salt)) {
        at = this.take(at);
        continue;
      }
      const next = this.search(at + 1, salt);
      if (next === undefined) return this.rest(at);
      this.say("damaged", `${next - at} bytes hold no whole record`, at, next - at, true);
      at = next;
    }
    return false;
  }

  private rest(at: number): boolean {
    const torn = this.looksTorn(at);
    const length = this.bytes.length - at;
    if (torn)
      this.say("torn", `the last record is cut off: ${length} bytes of it are there`, at, length, true);
    else this.say("damaged", `${length} bytes at the end hold no whole record`, at, length, true);
    return torn;
  }

  /** Whether what begins at `at` is the beginning of a record, or room that was never written to. */
  private looksTorn(at: number): boolean {
    const { bytes } = this;
    const header = readRecordHeader(bytes, at);
    if (header !== undefined && header.end > bytes.length) return true;
    const rest = bytes.subarray(at);
    if (rest.length < recordHeaderLength && rest[0] === sync[0] && (rest[1] ?? sync[1]) === sync[1])
      return true;
    return rest.length > 0 && rest.every((byte) => byte === 0);
  }

  private fitsAt(at: number, salt: number): boolean {
    const header = readRecordHeader(this.bytes, at);
    return header !== undefined && fits(this.bytes, at, header, salt, this.crc32);
  }

  /** The next place from `from` on where a record fits. */
  private search(from: number, salt: number): number | undefined {
    const { bytes } = this;
    const budget = bytes.length * 2 + 0x800_0000;
    for (let at = bytes.indexOf(sync[0], from); at >= 0; at = bytes.indexOf(sync[0], at + 1)) {
      const header = readRecordHeader(bytes, at);
      if (header === undefined || header.end > bytes.length) continue;
      this.searched += header.end - at;
      if (this.searched > budget) return undefined;
      if (fits(bytes, at, header, salt, this.crc32)) return at;
    }
    return undefined;
  }

  /** Takes the whole record at `at` and returns where it ends. */
  private take(at: number): number {
    const header = readRecordHeader(this.bytes, at);
    if (header === undefined) return this.bytes.length;
    const length = header.end - at;
    const kind = kindOf(header.type);
    if (kind === undefined || header.flags !== 0) {
      const what = kind === undefined ? `type ${header.type}` : `flags ${header.flags}`;
      this.say(
        "unknown-record",
        `a record of ${what}, which this version does not know, is passed over`,
        at,
        length,
        false,
      );
      return header.end;
    }
    const unpacked = unpackBody(this.bytes.subarray(at + recordHeaderLength, header.end));
    const why = "why" in unpacked ? unpacked.why : this.keep(kind, unpacked.map, at, length);
    if (why !== undefined) this.say("body", `a ${kind} record cannot be read: ${why}`, at, length, true);
    return header.end;
  }

  private keep(kind: Entry["kind"], body: UnpackedMap, at: number, length: number): string | undefined {
    if (kind === "session") this.readFormat(body, at, length);
    const built = buildEntry(bodySource, kind, migrateBody(kind, body, this.format));
    if ("why" in built) return built.why;
    if (this.entries.at(-1)?.entry.kind === "end")
      this.say("after-end", `a ${kind} record follows the end of the cassette`, at, length, false);
    this.entries.push({ entry: built.ok, offset: at, length });
    return undefined;
  }

  private readFormat(body: UnpackedMap, at: number, length: number): void {
    const format = body.get("format");
    if (typeof format !== "number") return;
    this.format = format;
    if (isNewer(format))
      this.say(
        "newer-format",
        `the file has format ${format}: it was made by a newer version of the program`,
        at,
        length,
        false,
      );
  }

  private state(torn: boolean): CassetteState {
    const damages = this.findings.filter((finding) => finding.damage);
    if (damages.length > (torn ? 1 : 0)) return "damaged";
    if (torn) return "torn";
    return this.entries.some(({ entry }) => entry.kind === "end") ? "whole" : "unfinished";
  }

  private say(
    code: ReadFinding["code"],
    message: string,
    offset: number,
    length: number,
    damage: boolean,
  ): void {
    if (this.findings.length < this.limits.findings)
      this.findings.push({ code, message, offset, length, damage });
  }
}

/** Reads a cassette; never throws, whatever the bytes are. */
export function readCassette(
  bytes: Uint8Array,
  crc32: Crc32,
  limits: ReadLimits = readLimits,
): CassetteContents {
  return new CassetteReader(bytes, crc32, limits).read();
}
