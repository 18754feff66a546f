// The limits of a relay: how much it keeps, and how long it waits.

/** The limits of a relay. */
export interface RelayLimits {
  /** Largest payload that is kept whole, in bytes. */
  readonly maxFrame: number;
  /** Bytes of an unfinished message that may wait for a decision. */
  readonly waitBytes: number;
  /** Milliseconds that an unfinished message may wait for a decision. */
  readonly waitMs: number;
  /** Milliseconds without another byte after which an unfinished message waits no longer. */
  readonly stallMs: number;
  /** Bytes that rules may hold in one direction before the sender is paused. */
  readonly holdBytes: number;
}

/** Limits that suit chargers. */
export const relayLimits: RelayLimits = {
  maxFrame: 16 * 1024 * 1024,
  waitBytes: 4 * 1024 * 1024,
  waitMs: 30_000,
  stallMs: 2000,
  holdBytes: 4 * 1024 * 1024,
};
