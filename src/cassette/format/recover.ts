// A damaged cassette -> the entries of a good one: exactly its whole records, and where records are missing between
// them, a note in their place, so that nothing is judged across the hole. A cassette that is only cut off at its end
// gets nothing added. Where the session record itself is lost, one is made from what the other entries tell.

import { formatVersion } from "./codec.js";
import type { Entry, SessionEntry } from "./entry.js";
import type { CassetteContents, ReadFinding } from "./reader.js";

/** A cassette made good. */
export interface Recovered {
  readonly entries: readonly Entry[];
  /** Bytes of the file that belong to no whole record. */
  readonly lostOctets: number;
}

const madeUpSession = (entries: readonly Entry[], salt: number): SessionEntry => {
  const opened = entries.find((entry) => entry.kind === "connection-opened");
  const checkpoint = entries.find((entry) => entry.kind === "checkpoint");
  return {
    kind: "session",
    format: formatVersion,
    salt,
    startedAt: checkpoint?.wall ?? "1970-01-01T00:00:00.000Z",
    identity: opened?.identity ?? null,
    capture: "wire",
    source: "recover",
    tool: "",
    csms: null,
    seed: null,
    rules: null,
  };
};

/** Makes a cassette good; undefined where nothing of it can be read. A whole one stays as it is. */
export function recoverCassette(cassette: CassetteContents): Recovered | undefined {
  if (cassette.entries.length === 0 || cassette.salt === undefined) return undefined;
  const damages = cassette.findings.filter(({ damage }) => damage);
  const lostOctets = damages.reduce((sum, { length }) => sum + length, 0);
  const entries: Entry[] = [];
  const holes = cassette.state === "damaged" ? [...damages] : [];
  for (const { entry, offset } of cassette.entries) {
    while (holes[0] !== undefined && holes[0].offset < offset) entries.push(noteOf(holes.shift()));
    entries.push(entry);
  }
  entries.push(...holes.map(noteOf));
  return { entries: withSession(entries, cassette.salt), lostOctets };
}

const noteOf = (hole: ReadFinding | undefined): Entry => ({
  kind: "note",
  connection: null,
  at: null,
  code: "recovered",
  message: `${hole?.length ?? 0} bytes were lost here: ${hole?.message ?? ""}`,
});

/** The session stands in front of everything, made up if it must be. */
const withSession = (entries: readonly Entry[], salt: number): readonly Entry[] => {
  const session = entries.find((entry) => entry.kind === "session") ?? madeUpSession(entries, salt);
  return [session, ...entries.filter((entry) => entry !== session)];
};
