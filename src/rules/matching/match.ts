// Whether the conditions of a rule hold, as far as that is known: from the charge point and the direction before any
// message, from type and action once those are known, for good when the message is there. A condition that cannot be
// decided yet is neither true nor false, so that a rule is left out only where no message can ever match it.

import type { Direction } from "../../base/direction.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Followed, follow } from "../../ocpp/json/pointer.js";
import type { OcppVersion } from "../../ocpp/version.js";
import { matchesGlob } from "../../text/glob.js";
import { matchesPattern } from "../../text/pattern.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { StationState } from "../contract/station-state.js";
import type {
  AgeRange,
  ClockRange,
  IdentityPattern,
  PathCondition,
  Plain,
  StateCondition,
  When,
} from "../language/rule-set.js";
import { testsHold } from "../language/value-tests.js";
import type { PathPreparer, PreparedPath } from "./prepared-paths.js";

/** The part of a `RuledMessage` that is known: that of its lane, with type and action, or all of it. */
export interface KnownFacts {
  readonly identity: string;
  readonly direction: Direction;
  /** Number among the connections of this identity in the run; undefined before there is one. */
  readonly ordinal?: number | undefined;
  readonly version?: OcppVersion | undefined;
  /** Known together with the action, which messages of some types do not have. */
  readonly type?: DecidedType;
  readonly action?: string | undefined;
  payload?(): unknown;
  readonly station?: StationState;
  readonly ageNs?: number;
  readonly wallMs?: number;
}

/** Undefined where it is not known yet. */
type Answer = boolean | undefined;

/** Whether a message with these facts matches: never, always, or (undefined) depending on what is not known yet. */
export function matches(when: When, facts: KnownFacts): boolean | undefined {
  let answer: Answer = true;
  for (const ask of conditions) {
    const one = ask(when, facts);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/** A condition that only a message itself can decide. */
export type MessageCheck = (message: RuledMessage) => boolean;

/**
 * Which conditions are still open for messages of this type and action, one bit a condition: 0 where such messages always
 * match; undefined where they never do.
 */
export function openConditions(when: When, facts: KnownFacts): number | undefined {
  let open = 0;
  for (const [i, ask] of conditions.entries()) {
    const answer = ask(when, facts);
    if (answer === false) return undefined;
    if (answer === undefined) open |= 1 << i;
  }
  return open;
}

/** The open conditions, ready to be checked for each message. */
export function checksOf(when: When, open: number, paths: PathPreparer): readonly MessageCheck[] {
  return conditions
    .filter((_, i) => (open & (1 << i)) !== 0)
    .map((ask) =>
      ask === pathCondition
        ? pathCheck(when.paths.map((path) => paths.prepare(path)))
        : (message) => ask(when, message) === true,
    );
}

type Condition = (when: When, facts: KnownFacts) => Answer;

const pathCondition: Condition = ({ paths }, facts) =>
  paths.length === 0 || (facts.payload === undefined ? undefined : pathsHold(paths, facts.payload()));

/** The path condition over prepared paths, because every message is checked for it. */
const pathCheck =
  (paths: readonly PreparedPath[]): MessageCheck =>
  (message) => {
    if (message.payload() === undefined) return false;
    for (const path of paths) if (!pathHolds(path, message.valueAt(path.number, path.steps))) return false;
    return true;
  };

/** The cheap ones first. */
const conditions: readonly Condition[] = [
  ({ direction }, facts) => direction === undefined || direction === facts.direction,
  ({ identities }, facts) =>
    identities === undefined || identities.some((one) => matchesIdentity(one, facts.identity)),
  ({ versions }, { version }) =>
    versions === undefined || (version === undefined ? undefined : versions.includes(version)),
  ({ connection }, { ordinal }) =>
    connection === undefined || (ordinal === undefined ? undefined : testsHold(connection, true, ordinal)),
  ({ types }, { type }) =>
    types === undefined || (type === undefined ? undefined : types.some((one) => one === type)),
  ({ actions }, { type, action }) => {
    if (actions === undefined) return true;
    if (type === undefined) return undefined;
    return action !== undefined && actions.some((glob) => matchesGlob(glob, action));
  },
  ({ window }, { ageNs }) =>
    window === undefined || (ageNs === undefined ? undefined : isInWindow(window, ageNs)),
  ({ clock }, { wallMs }) =>
    clock === undefined || (wallMs === undefined ? undefined : isDuringClock(clock, wallMs)),
  ({ state }, { station }) =>
    state === undefined || (station === undefined ? undefined : isInState(state, station)),
  pathCondition,
  ({ not }, facts) => {
    if (not === undefined) return true;
    const answer = matches(not, facts);
    return answer === undefined ? undefined : !answer;
  },
  ({ all }, facts) => all === undefined || every(all, facts),
  ({ any }, facts) => any === undefined || some(any, facts),
];

const every = (parts: readonly When[], facts: KnownFacts): Answer => {
  const answers = parts.map((when) => matches(when, facts));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
};

const some = (parts: readonly When[], facts: KnownFacts): Answer => {
  const answers = parts.map((when) => matches(when, facts));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
};

const matchesIdentity = (pattern: IdentityPattern, identity: string): boolean => {
  switch (pattern.kind) {
    case "exact":
      return pattern.identity === identity;
    case "like":
      return matchesGlob(pattern.glob, identity);
    case "matches":
      return matchesPattern(pattern.pattern, identity);
  }
};

const isInWindow = ({ from, to }: AgeRange, ageNs: number): boolean => ageNs >= from && ageNs < to;

const dayMs = 86_400_000;

const isDuringClock = ({ daily, from, to }: ClockRange, wallMs: number): boolean => {
  if (!daily) return wallMs >= from && wallMs < to;
  const timeMs = ((wallMs % dayMs) + dayMs) % dayMs;
  return from <= to ? timeMs >= from && timeMs < to : timeMs >= from || timeMs < to;
};

const isInState = (asked: StateCondition, station: StationState): boolean => {
  const { inTransaction, booted, connector, statuses } = asked;
  if (booted !== undefined && station.booted !== booted) return false;
  if (inTransaction !== undefined && station.inTransaction(connector) !== inTransaction) return false;
  return statuses === undefined || station.statuses(connector).some((status) => statuses.includes(status));
};

/** Whether all path conditions hold for the payload; without a payload none does. */
const pathsHold = (paths: readonly PathCondition[], payload: unknown): boolean =>
  payload !== undefined && paths.every((path) => pathHolds(path, follow(payload, path.steps)));

const pathHolds = ({ tests }: Pick<PathCondition, "tests">, { found, value }: Followed): boolean =>
  testsHold(tests, found, value as Plain);
