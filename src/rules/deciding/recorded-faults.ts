// The faults that a recording shows, to be done again to traffic of the same shape: the same rules with the same draws on
// the same messages (by connection, direction, type, action and number), whatever the conditions and triggers of the
// rules would make of other charge points and other payloads. Rules that act by the clock act by the clock again.

import type { Direction } from "../../base/direction.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { everyMessage } from "../language/read-when.js";
import { isTimed, type RuleSet } from "../language/rule-set.js";

/** One application of a rule, as a cassette records it. */
export interface RecordedApplication {
  readonly rule: string;
  /** Number of the connection among those of its identity, from 1. */
  readonly connection: number;
  readonly direction: Direction;
  readonly type: DecidedType;
  readonly action: string | null;
  readonly ordinal: number;
}

/** The faults of a recording. */
export interface RecordedFaults {
  /** The charge point whose draws they are. */
  readonly identity: string;
  /** The rules, without the conditions that `fires` stands for. */
  readonly ruleSet: RuleSet;
  readonly seed: number;
  /** Whether a rule acted on this message in the recording. */
  fires(application: RecordedApplication): boolean;
}

const keyOf = ({ rule, connection, direction, type, action, ordinal }: RecordedApplication): string =>
  JSON.stringify([rule, connection, direction, type, action ?? "", ordinal]);

/** Makes faults of what was applied; the rules lose the conditions that the applications stand for. */
export function recordedFaults(
  identity: string,
  ruleSet: RuleSet,
  seed: number,
  applications: Iterable<RecordedApplication>,
): RecordedFaults {
  const fired = new Set<string>();
  for (const application of applications) fired.add(keyOf(application));
  const rules = ruleSet.rules.map((rule) => ({
    ...rule,
    when: isTimed(rule) ? { ...rule.when, identities: undefined } : everyMessage,
  }));
  return {
    identity,
    ruleSet: { ...ruleSet, rules },
    seed,
    fires: (application) => fired.has(keyOf(application)),
  };
}
