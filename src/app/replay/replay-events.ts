// The events of a replay.

import type { Outcome, StationReport } from "../../replay/protocol.js";
import type { ReplayRecord } from "../../replay/verdict/replay-record.js";
import type { PlanningEvent } from "./planning-events.js";
import type { Recording } from "./read-recording.js";

/** One replay of one cassette. */
export interface ReplayRunFacts {
  readonly recording: Recording;
  /** The identity that dials. */
  readonly identity: string;
  readonly csms: URL;
  /** Number of the run; with `seed` it determines the new ids. */
  readonly run: number;
  readonly seed: number;
  /** The reports of this replay so far. */
  readonly record: ReplayRecord;
}

/** An event of a replay. */
export type ReplayEvent =
  | { readonly kind: "begin"; readonly run: ReplayRunFacts }
  /** A message was compared or sent, a fork was taken, a call is waited for, a note, progress. */
  | { readonly kind: "report"; readonly run: ReplayRunFacts; readonly report: StationReport }
  | { readonly kind: "conclude"; readonly run: ReplayRunFacts; readonly outcome: Outcome }
  | PlanningEvent
  /** A sentence about a failure that does not end the replay. */
  | { readonly kind: "warning"; readonly message: string }
  | { readonly kind: "transcript-failed"; readonly path: string; readonly error: Error }
  /** A line that the command of `onWait` printed. */
  | { readonly kind: "wait-output"; readonly line: string };
