// The events of reading and planning a recording.

/** A sentence about a recording. */
export type PlanningEvent =
  | { readonly kind: "notice"; readonly message: string }
  /** A detail of how it is replayed. */
  | { readonly kind: "note"; readonly cassette: string; readonly message: string };
