// Settings of a run for the values that it writes. Data only.

/** Whether the station's ids are new ones; `by-version`: new in 2.x, where an equal id means a repeated message. */
export type IdMode = "fresh" | "keep" | "by-version";

/** How dates are shifted: the latest or the first one becomes now, by whole days, or not at all. */
export type TimeMode = "end-now" | "start-now" | "days" | "keep";

/** How the values of a run are made. */
export interface ValueOptions {
  readonly ids: IdMode;
  readonly seed: number;
  readonly run: number;
  readonly time: TimeMode;
  readonly meter: "keep" | "continue";
  /** The last energy register that was sent to this CSMS, in Wh, by connector. */
  readonly lastStops: ReadonlyMap<string, string>;
  /** The wall clock at the run's start, in milliseconds since 1970. */
  readonly startedMs: number;
  /** Do not stop the transactions that the recording leaves open. */
  readonly leaveOpen: boolean;
}
