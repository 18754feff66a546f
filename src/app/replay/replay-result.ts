// The result of a replay.

import type { Compared, Counts, ForkCount, Outcome, Unmet } from "../../replay/protocol.js";
import type { ReplayRecord } from "../../replay/verdict/replay-record.js";

/** The result of a replay. */
export interface ReplayResult {
  /**
   * `pass`: the CSMS answered as recorded. `fail`: it did not. `partial`: it did, and something was not replayed.
   * `not-applicable`: nothing was compared. `error`: there was no dialogue; see `reason`. `interrupted`: it was aborted.
   */
  readonly verdict: Outcome["verdict"];
  /** Why there was no dialogue; "" if there was one. */
  readonly reason: string;
  /** Every compared message in the order of the dialogue, with what differs. */
  readonly comparisons: readonly Compared[];
  /** The comparisons that are different, missing or unexpected. */
  readonly failures: readonly Compared[];
  /** The number of messages for each result. */
  readonly counts: Counts;
  /** Answers to which a charger would have reacted differently than recorded. */
  readonly forks: readonly ForkCount[];
  /** Expected failures that did not occur. */
  readonly unmet: readonly Unmet[];
  /** Further remarks of the replay. */
  readonly notes: readonly string[];
  /** A digest of what was sent, with the values of this run replaced by their names: equal for equal replays. */
  readonly fingerprint: string;
  /** A digest of the bytes of the messages sent. */
  readonly bytes: string;
  /** Path of the cassette. */
  readonly cassette: string;
  /** The charge point that dialled. */
  readonly identity: string;
  /** The URL of the CSMS, without user and password. */
  readonly csms: string;
  /** The number of the run and the seed: with the options `run` and `seed` they repeat it. */
  readonly run: number;
  readonly seed: number;
}

const failing: readonly Compared["result"][] = ["different", "missing", "unexpected"];

/** The result of a record that has an outcome. */
export function resultOf(record: ReplayRecord, outcome: Outcome): ReplayResult {
  const { cassette, identity, csms, notes, unmet, made } = record;
  const { verdict, reason, counts, forks, fingerprint, bytes } = outcome;
  const comparisons = record.inOrder().filter((message) => message.kind === "compared");
  const failures = comparisons.filter(({ result }) => failing.includes(result));
  return {
    ...{ verdict, reason, comparisons, failures, counts, forks, unmet, notes, fingerprint, bytes },
    ...{ cassette, identity, csms, run: made?.run ?? 0, seed: made?.seed ?? 0 },
  };
}
