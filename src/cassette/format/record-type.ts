// The type byte of a record (docs/reference/cassette-format.md). Numbers are never used again for another
// kind, so that an older program skips what it does not know instead of misreading it.

import type { Entry } from "./entry.js";

/** The number of each kind of entry. */
export const recordTypes: Readonly<Record<Entry["kind"], number>> = {
  session: 1,
  "connection-opened": 2,
  frame: 3,
  bytes: 4,
  decision: 5,
  injected: 6,
  refused: 7,
  "http-exchange": 8,
  "connection-closed": 9,
  gap: 10,
  note: 11,
  marker: 12,
  checkpoint: 13,
  end: 14,
  "handshake-failed": 15,
};

const kinds = new Map(Object.entries(recordTypes).map(([kind, type]) => [type, kind as Entry["kind"]]));

/** The kind of entry that a type byte stands for; undefined for types of later versions. */
export function kindOf(type: number): Entry["kind"] | undefined {
  return kinds.get(type);
}
