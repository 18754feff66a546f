// What a run is told about the values that it writes. Data only.

/** Whether the ids that the station makes are made anew; `by-version`: in 2.x, where an equal id is a repetition. */
export type IdMode = "fresh" | "keep" | "by-version";

/** How dates are moved: so that the latest, or the first, becomes now, by whole days, or not at all. */
export type TimeMode = "end-now" | "start-now" | "days" | "keep";

/** How the values of a run are made. */
export interface ValueOptions {
  readonly ids: IdMode;
  readonly seed: number;
  readonly run: number;
  readonly time: TimeMode;
  readonly meter: "keep" | "continue";
  /** The last register that was sent to this CSMS, in Wh, by connector. */
  readonly lastStops: ReadonlyMap<string, string>;
  /** The wall clock at the run's start, in milliseconds since 1970. */
  readonly startedMs: number;
  /** Leave transactions open that the recording leaves open. */
  readonly leaveOpen: boolean;
}
