// What rules can ask about the state of a charge point.

/** The state of one charge point, as far as its messages have shown it. */
export interface StationState {
  /** Its last BootNotification was accepted. */
  readonly booted: boolean;
  /** Whether a transaction runs, on this connector or, for undefined, on any. */
  inTransaction(connector: number | undefined): boolean;
  /** The last reported status of this connector or, for undefined, of every connector. */
  statuses(connector: number | undefined): readonly string[];
}
