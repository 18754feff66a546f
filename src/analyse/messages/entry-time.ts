// The time of an entry of any kind.

import type { Entry } from "../../cassette/format/entry.js";

/** When an entry happened, in nanoseconds since the session's start; null where the source did not know. */
export function entryTimeNs(entry: Entry): number | null {
  switch (entry.kind) {
    case "session":
      return 0;
    case "frame":
    case "bytes":
      return entry.rx;
    case "gap":
      return entry.from;
    default:
      return entry.at;
  }
}
