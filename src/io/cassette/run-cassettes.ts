// The cassettes of one run: one file per charge point, made at its first connection, and one file each for plain HTTP and
// for refused upgrades of unknown identities. Also numbers the connections.

import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errorText, VcrError } from "../../base/errors.js";
import { folderName } from "../../cassette/folder-name.js";
import type { Entry, SessionEntry } from "../../cassette/format/entry.js";
import type { Clock } from "../platform/clock.js";
import { randomSalt, sha256Hex } from "../platform/digests.js";
import { type CassetteWriter, createCassetteWriter } from "./cassette-writer.js";
import { StoppableCassette } from "./stoppable-cassette.js";

/** What all cassettes of a run say of themselves. */
export type SessionFacts = Pick<SessionEntry, "source" | "tool" | "csms" | "seed" | "rules">;

/** One open cassette. */
export interface Cassette {
  readonly path: string;
  record(entry: Entry): void;
  /** The next connection's number in this file, from 1. */
  nextConnection(): number;
}

/** A cassette as somebody at the controls sees it. */
export interface RunCassette {
  /** The charge point; null where it belongs to none. */
  readonly identity: string | null;
  readonly path: string;
  readonly entries: number;
  /** Whether traffic goes on the cassette now. */
  readonly isRecording: boolean;
  /** Resolves when what was recorded so far is in the file. */
  flush(): Promise<void>;
  /** Leaves traffic out until it is started again; the cassette says so. */
  stop(by: string): void;
  /** Records traffic again; what was left out is a gap on the cassette. */
  start(by: string): void;
  mark(text: string): void;
}

/** The cassettes of one run. */
export interface RunCassettes {
  /** The cassette of a charge point; made when first asked for. */
  of(identity: string): Cassette;
  /** The cassette of a charge point if there is one, else the one of refused upgrades. */
  ofRefused(identity: string | undefined): Cassette;
  /** The cassette of plain HTTP. */
  ofHttp(): Cassette;
  /** Paths of all cassettes made so far. */
  paths(): readonly string[];
  /** All cassettes made so far. */
  cassettes(): readonly RunCassette[];
  /** Whether cassettes that are made from now on record traffic at once. */
  recordNew(isRecording: boolean, by: string): void;
  /** Ends every cassette. */
  close(): Promise<void>;
}

/** Folders of what belongs to no charge point; no identity's folder can be called so. */
const refusedFolder = "~refused";
const httpFolder = "~http";

/** For what happens after the end of a run: there is no cassette any more that could hold it. */
const noCassette: Cassette = { path: "", record: () => undefined, nextConnection: () => 0 };

class FolderCassettes implements RunCassettes {
  private readonly folder: string | undefined;
  private readonly clock: Clock;
  private readonly facts: SessionFacts;
  private readonly listen: (entry: Entry, identity: string | null) => void;
  private readonly onFailure: (path: string, error: Error, lost: number) => void;
  private readonly byKey = new Map<string, StoppableCassette>();
  private readonly writers: CassetteWriter[] = [];
  /** Who stopped the recording of new cassettes; undefined where they record. */
  private stoppedBy: string | undefined;
  private readonly folders: Set<string>;
  private closed = false;

  constructor(options: RunCassettesOptions) {
    this.folder = options.folder;
    this.clock = options.clock;
    this.facts = options.facts;
    this.listen = options.listen;
    this.onFailure = options.onFailure;
    this.folders = new Set(this.folder === undefined ? [] : namesIn(this.folder));
  }

  of(identity: string): Cassette {
    return this.cassette(`=${identity}`, identity, () => {
      const name = folderName(identity, this.folders, sha256Hex);
      this.folders.add(name);
      return name;
    });
  }

  ofRefused(identity: string | undefined): Cassette {
    const own = identity === undefined ? undefined : this.byKey.get(`=${identity}`);
    return own ?? this.cassette(refusedFolder, null, () => refusedFolder);
  }

  ofHttp(): Cassette {
    return this.cassette(httpFolder, null, () => httpFolder);
  }

  paths(): readonly string[] {
    return [...this.byKey.values()].map(({ path }) => path).filter((path) => path !== "");
  }

  cassettes(): readonly RunCassette[] {
    return [...this.byKey.values()];
  }

  recordNew(isRecording: boolean, by: string): void {
    this.stoppedBy = isRecording ? undefined : by;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const cassette of this.byKey.values()) cassette.end();
    await Promise.all(this.writers.map((writer) => writer.close()));
  }

  private cassette(key: string, identity: string | null, folderOf: () => string): Cassette {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.closed) return noCassette;
    const { clock, folder } = this;
    // Two programs may record into one folder in the same millisecond.
    const start = `${clock.wall().replaceAll(":", "-")}-${randomBytes(2).toString("hex")}`;
    const path = folder === undefined ? "" : join(folder, folderOf(), `${start}.cassette`);
    const salt = randomSalt();
    const onFailure = (error: Error, lost: number): void => this.onFailure(path, error, lost);
    const writer =
      folder === undefined
        ? writeNothing()
        : createCassetteWriter(path, { salt, now: clock.now, wall: clock.wall, onFailure });
    this.writers.push(writer);
    const cassette = new StoppableCassette({ identity, writer, clock, listen: this.listen });
    this.byKey.set(key, cassette);
    cassette.record({
      kind: "session",
      format: 1,
      salt,
      startedAt: clock.startedAt,
      identity,
      capture: "wire",
      ...this.facts,
    });
    if (this.stoppedBy !== undefined) cassette.stop(this.stoppedBy);
    return cassette;
  }
}

/** The writer of a run without a folder: it counts entries and keeps none. */
const writeNothing = (): CassetteWriter => {
  let entries = 0;
  return {
    path: "",
    failed: false,
    get entries() {
      return entries;
    },
    write: () => void entries++,
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    const why = errorText(error);
    const hint = "Choose another folder for the cassettes with -o.";
    throw new VcrError("FILE_UNWRITABLE", `the cassettes cannot go to ${folder}: ${why}`, hint, error);
  }
};

/** How a cassettes is made. */
export interface RunCassettesOptions {
  /** Where the files go; undefined: nothing is written, and paths are "". */
  readonly folder: string | undefined;
  readonly clock: Clock;
  readonly facts: SessionFacts;
  /** Hears every entry of every cassette. */
  readonly listen: (entry: Entry, identity: string | null) => void;
  readonly onFailure: (path: string, error: Error, lost: number) => void;
}

/** Makes the cassettes of one run; no file is made before it is needed. Throws VcrError FILE_UNWRITABLE. */
export function createRunCassettes(options: RunCassettesOptions): RunCassettes {
  return new FolderCassettes(options);
}
