// A damaged tape -> the entries of a good one: every whole record, a note that says what is missing, and an
// end. Where the session record itself is lost, one is made from what the other entries tell.

import { formatVersion } from "./codec.js";
import type { Entry, SessionEntry } from "./entry.js";
import type { TapeContents } from "./reader.js";

/** A tape made good. */
export interface Recovered {
  readonly entries: readonly Entry[];
  /** Octets of the file that belong to no whole record. */
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

const lastWall = (entries: readonly Entry[]): string => {
  const last = entries.findLast((entry) => entry.kind === "checkpoint");
  const session = entries.find((entry) => entry.kind === "session");
  return last?.wall ?? session?.startedAt ?? "";
};

/** Makes a tape good; undefined where nothing of it can be read. A whole one stays as it is. */
export function recoverTape(tape: TapeContents): Recovered | undefined {
  const found = tape.entries.map(({ entry }) => entry);
  if (found.length === 0 || tape.salt === undefined) return undefined;
  const damages = tape.findings.filter(({ damage }) => damage);
  const lostOctets = damages.reduce((sum, { length }) => sum + length, 0);
  const entries: Entry[] = found.filter(({ kind }) => kind !== "end");
  if (!entries.some(({ kind }) => kind === "session")) entries.unshift(madeUpSession(entries, tape.salt));
  if (damages.length > 0) {
    const places = damages.slice(0, 20).map(({ message, offset }) => `at octet ${offset}: ${message}`);
    const message = `recovered; ${lostOctets} octets were lost: ${places.join("; ")}`;
    entries.push({ kind: "note", connection: null, at: null, code: "recovered", message });
  }
  const end = found.findLast((entry) => entry.kind === "end");
  entries.push({
    kind: "end",
    at: end?.at ?? null,
    wall: end?.wall ?? lastWall(entries),
    entries: entries.length,
  });
  return { entries, lostOctets };
}
