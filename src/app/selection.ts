// The part of a recording that is selected: how its times are written, and the selection of a `RecordingPart`.

import type { Selection } from "../analyse/select/selection.js";
import type { SelectionTime } from "../analyse/select/selection-time.js";
import { readDuration } from "../base/duration.js";
import { VcrError } from "../base/errors.js";
import { readInstant } from "../base/instant.js";

/** The default of the time before and after a marker that is selected with it, in milliseconds. */
export const usualSpanMs = 300_000;

/** The part of a recording that matches all members given; without members, the whole recording. */
export interface RecordingPart {
  /** Ids of transactions. */
  readonly transactions?: readonly string[] | undefined;
  /** The first moment: ISO 8601, a time of day (UTC), or a duration from the start like `+90s`. */
  readonly from?: string | undefined;
  /** The last moment. */
  readonly to?: string | undefined;
  /** Texts of markers; selects the messages around them. */
  readonly around?: readonly string[] | undefined;
  /** The time before and after a marker, in milliseconds; 300 000 unless given. */
  readonly spanMs?: number | undefined;
  /** Connectors, in 2.x EVSEs, and their transactions. */
  readonly connectors?: readonly string[] | undefined;
  /** Only these actions, as globs; answers come with their CALLs. */
  readonly only?: readonly string[] | undefined;
  /** All but these actions, as globs. */
  readonly skip?: readonly string[] | undefined;
}

/** Reads a moment: ISO 8601, a time of day, or a duration from the start. Throws VcrError USAGE. */
export function readMoment(word: string): SelectionTime {
  if (/^\+?\d+(?:\.\d+)?$/.test(word)) return { kind: "from-start", ns: Number(word) * 1e9 };
  const instant = readInstant(/^\d{1,2}:\d{2}$/.test(word) ? `${word}:00` : word);
  if (instant?.dated === true) return { kind: "wall", ns: instant.ns };
  if (instant !== undefined && /^\d/.test(word)) return { kind: "time-of-day", ns: Number(instant.ns) };
  const ms = readDuration(word.replace(/^\+/, "").trim());
  if (ms !== undefined) return { kind: "from-start", ns: ms * 1e6 };
  throw new VcrError(
    "USAGE",
    `"${word}" is not a moment; write 2026-01-31T10:00:00Z, 10:15 (a time of day, UTC), or +90s or +5m from the start.`,
  );
}

/** The selection of a part. Throws VcrError USAGE. */
export function selectionOfPart(part: RecordingPart): Selection {
  const { transactions = [], from, to, around = [], spanMs = usualSpanMs } = part;
  const { connectors = [], only = [], skip = [] } = part;
  return {
    transactions,
    from: from === undefined ? undefined : readMoment(from),
    to: to === undefined ? undefined : readMoment(to),
    around,
    spanNs: spanMs * 1e6,
    connectors,
    only,
    skip,
  };
}
