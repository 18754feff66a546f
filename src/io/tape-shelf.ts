// Which tape an entry belongs on: one file per charge point and run, made at its first connection, and one
// file each for what belongs to no charge point (design section 5). Hands out connection numbers, too.

import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import type { Entry, SessionEntry } from "../cassette/entry.js";
import { folderName } from "../cassette/folder-name.js";
import type { Clock } from "./clock.js";
import { randomSalt, sha256Hex } from "./digests.js";
import { createTapeWriter, type TapeWriter } from "./tape-writer.js";

/** What all tapes of a run say of themselves. */
export type SessionFacts = Pick<SessionEntry, "source" | "tool" | "csms" | "seed" | "rules">;

/** One open tape. */
export interface Tape {
  readonly path: string;
  record(entry: Entry): void;
  /** The next connection's number in this file, from 1. */
  nextConnection(): number;
}

/** The tapes of one run. */
export interface TapeShelf {
  /** The tape of a charge point; made when first asked for. */
  of(identity: string): Tape;
  /** The tape of a charge point if there is one, else the one of refused upgrades. */
  ofRefused(identity: string | undefined): Tape;
  /** The tape of plain HTTP. */
  ofHttp(): Tape;
  /** Paths of all tapes made so far. */
  paths(): readonly string[];
  /** Ends every tape. */
  close(): Promise<void>;
}

/** Folders of what belongs to no charge point; no identity's folder can be called so. */
const refusedFolder = "~refused";
const httpFolder = "~http";

/** For what happens after the end of a run: there is no tape any more that could hold it. */
const noTape: Tape = { path: "", record: () => undefined, nextConnection: () => 0 };

class Shelf implements TapeShelf {
  private readonly folder: string;
  private readonly clock: Clock;
  private readonly facts: SessionFacts;
  private readonly listen: (entry: Entry, identity: string | null) => void;
  private readonly onFailure: (path: string, error: Error, lost: number) => void;
  private readonly tapes = new Map<string, Tape>();
  private readonly writers: TapeWriter[] = [];
  private readonly folders: Set<string>;
  private closed = false;

  constructor(options: ShelfOptions) {
    this.folder = options.folder;
    this.clock = options.clock;
    this.facts = options.facts;
    this.listen = options.listen;
    this.onFailure = options.onFailure;
    this.folders = new Set(namesIn(this.folder));
  }

  of(identity: string): Tape {
    return this.tape(`=${identity}`, identity, () => {
      const name = folderName(identity, this.folders, sha256Hex);
      this.folders.add(name);
      return name;
    });
  }

  ofRefused(identity: string | undefined): Tape {
    const own = identity === undefined ? undefined : this.tapes.get(`=${identity}`);
    return own ?? this.tape(refusedFolder, null, () => refusedFolder);
  }

  ofHttp(): Tape {
    return this.tape(httpFolder, null, () => httpFolder);
  }

  paths(): readonly string[] {
    return [...this.tapes.values()].map((tape) => tape.path);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.writers.map((writer) => writer.close()));
  }

  private tape(key: string, identity: string | null, folderOf: () => string): Tape {
    const known = this.tapes.get(key);
    if (known !== undefined) return known;
    if (this.closed) return noTape;
    const { clock } = this;
    // Two programs may record into one folder in the same millisecond.
    const start = `${clock.wall().replaceAll(":", "-")}-${randomBytes(2).toString("hex")}`;
    const path = join(this.folder, folderOf(), `${start}.cassette`);
    const salt = randomSalt();
    const onFailure = (error: Error, lost: number): void => this.onFailure(path, error, lost);
    const writer = createTapeWriter(path, { salt, now: clock.now, wall: clock.wall, onFailure });
    this.writers.push(writer);
    let connections = 0;
    const tape: Tape = {
      path,
      record: (entry) => {
        writer.write(entry);
        this.listen(entry, identity);
      },
      nextConnection: () => ++connections,
    };
    this.tapes.set(key, tape);
    tape.record({
      kind: "session",
      format: 1,
      salt,
      startedAt: clock.startedAt,
      identity,
      capture: "wire",
      ...this.facts,
    });
    return tape;
  }
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = "Choose another folder for the tapes with -o.";
    throw new VcrError("FILE_UNWRITABLE", `the tapes cannot go to ${folder}: ${why}`, hint, error);
  }
};

/** How a shelf is made. */
export interface ShelfOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly facts: SessionFacts;
  /** Hears every entry of every tape. */
  readonly listen: (entry: Entry, identity: string | null) => void;
  readonly onFailure: (path: string, error: Error, lost: number) => void;
}

/** Makes the shelf of one run; no file is made before it is needed. Throws VcrError FILE_UNWRITABLE. */
export function createShelf(options: ShelfOptions): TapeShelf {
  return new Shelf(options);
}
