// A cassette, as programs read it.

import type { Entry } from "../cassette/format/entry.js";
import type { CassetteState } from "../cassette/format/reader.js";
import { readCassetteFile } from "../io/cassette/cassette-file.js";
import { checkArgument, text } from "./check-options.js";
import { checkedEntries } from "./check-recording.js";

/** A remark about a cassette file, for example damage, with its place in the file. */
export interface CassetteIssue {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** Whether bytes or entries are lost by it. */
  readonly isDamage: boolean;
}

/** A cassette that was read. */
export interface Cassette {
  readonly path: string;
  /** The charge point; null if the cassette belongs to none, or if its header cannot be read. */
  readonly identity: string | null;
  readonly entries: readonly Entry[];
  /**
   * `whole`; `unfinished`: whole so far, but never closed; `torn`: the last record is cut off; `damaged`: records are
   * lost. `entries` has every whole record in each of these cases.
   */
  readonly state: CassetteState;
  readonly issues: readonly CassetteIssue[];
}

/**
 * Reads a cassette. A damaged file is not an error: `entries` has what could be read, `state` and `issues` describe the
 * damage.
 *
 * @throws VcrError `FILE_UNREADABLE`, or `USAGE` for what is not a path
 */
export async function readCassette(path: string): Promise<Cassette> {
  checkArgument("readCassette", "path", path, text);
  const { entries: placed, state, findings } = await readCassetteFile(path);
  const entries = placed.map(({ entry }) => entry);
  const [session] = entries;
  return {
    path,
    identity: session?.kind === "session" ? session.identity : null,
    entries,
    state,
    issues: findings.map(({ code, message, offset, damage }) => ({
      code,
      message,
      offset,
      isDamage: damage,
    })),
  };
}

/** The entries of a recording, which is given as a path, as a cassette, or as entries. */
export async function entriesOf(
  who: string,
  recording: string | Cassette | Iterable<Entry>,
): Promise<readonly Entry[]> {
  if (typeof recording === "string") return (await readCassette(recording)).entries;
  return "state" in recording ? recording.entries : checkedEntries(who, recording);
}
