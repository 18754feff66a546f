// Which tape an entry belongs on: one file per charge point and run, made at its first connection, and one
// file each for what belongs to no charge point (design section 5). Hands out connection numbers, too.

import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import type { Entry, SessionEntry } from "../../cassette/format/entry.js";
import type { Clock } from "../platform/clock.js";
import { randomSalt, sha256Hex } from "../platform/digests.js";
import { createTapeWriter, type TapeWriter } from "./cassette-writer.js";
import { StoppableTape } from "./stoppable-cassette.js";

/** What all tapes of a run say of themselves. */
export type SessionFacts = Pick<SessionEntry, "source" | "tool" | "csms" | "seed" | "rules">;

/** One open tape. */
export interface Tape {
  readonly path: string;
  record(entry: Entry): void;
  /** The next connection's number in this file, from 1. */
  nextConnection(): number;
}

/** A tape as somebody at the controls sees it. */
export interface ShelfTape {
  /** The charge point; null where it belongs to none. */
  readonly identity: string | null;
  readonly path: string;
  readonly entries: number;
  /** Whether traffic goes on the tape now. */
  readonly isRecording: boolean;
  /** Resolves when what was recorded so far is in the file. */
  flush(): Promise<void>;
  /** Leaves traffic out until it is started again; the tape says so. */
  stop(by: string): void;
  /** Records traffic again; what was left out is a gap on the tape. */
  start(by: string): void;
  mark(text: string): void;
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
  /** All tapes made so far. */
  tapes(): readonly ShelfTape[];
  /** Whether tapes that are made from now on record traffic at once. */
  recordNew(isRecording: boolean, by: string): void;
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
  private readonly byKey = new Map<string, StoppableTape>();
  private readonly writers: TapeWriter[] = [];
  /** Who stopped the recording of new tapes; undefined where they record. */
  private stoppedBy: string | undefined;
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
    const own = identity === undefined ? undefined : this.byKey.get(`=${identity}`);
    return own ?? this.tape(refusedFolder, null, () => refusedFolder);
  }

  ofHttp(): Tape {
    return this.tape(httpFolder, null, () => httpFolder);
  }

  paths(): readonly string[] {
    return [...this.byKey.values()].map((tape) => tape.path);
  }

  tapes(): readonly ShelfTape[] {
    return [...this.byKey.values()];
  }

  recordNew(isRecording: boolean, by: string): void {
    this.stoppedBy = isRecording ? undefined : by;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const tape of this.byKey.values()) tape.end();
    await Promise.all(this.writers.map((writer) => writer.close()));
  }

  private tape(key: string, identity: string | null, folderOf: () => string): Tape {
    const known = this.byKey.get(key);
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
    const tape = new StoppableTape({ identity, writer, clock, listen: this.listen });
    this.byKey.set(key, tape);
    tape.record({
      kind: "session",
      format: 1,
      salt,
      startedAt: clock.startedAt,
      identity,
      capture: "wire",
      ...this.facts,
    });
    if (this.stoppedBy !== undefined) tape.stop(this.stoppedBy);
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
