// Whether a rule's conditions hold, as far as that is known: by charge point and direction before any message, by
// type and action once those are known, wholly when the message is there. What is not known yet is neither true nor
// false, so that a rule is left aside only where no message could ever fit it.

import type { Direction } from "../../base/direction.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Followed, follow } from "../../ocpp/json/pointer.js";
import type { OcppVersion } from "../../ocpp/version.js";
import { matchesGlob } from "../../text/glob.js";
import { fitsPattern } from "../../text/pattern.js";
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
import type { AskedPath, AskedPaths } from "./asked-paths.js";
import type { StationState } from "./station-state.js";

/** What is known of a connection. */
export interface LaneFacts {
  readonly identity: string;
  readonly direction: Direction;
  /** Number among the connections of this identity in the run; undefined before there is one. */
  readonly connection?: number | undefined;
  readonly version?: OcppVersion | undefined;
}

/** What is known of a message beside its payload. */
export interface KindFacts extends LaneFacts {
  readonly type: DecidedType;
  readonly action: string | undefined;
}

/** Everything that can be asked. */
export interface MessageFacts extends KindFacts {
  readonly payload: () => unknown;
  /** What was known of the charge point before the message. */
  readonly state: () => StationState;
  /** Nanoseconds since the connection came about. */
  readonly age: number;
  /** Milliseconds since 1970. */
  readonly wall: number;
}

/** Undefined where it is not known yet. */
type Verdict = boolean | undefined;

/** Whether any message of this charge point in this direction could fit. */
export function couldFitLane(when: When, facts: LaneFacts): boolean {
  return judge(when, facts) !== false;
}

/** The facts of a message that many rules ask. */
export interface OpenFacts extends MessageFacts {
  /** What stands where a condition looks; what was followed once is not followed again. */
  readonly valueAt: (path: AskedPath) => Followed;
}

/** A condition that only a message itself answers. */
export type OpenQuestion = (facts: OpenFacts) => boolean;

/**
 * Which conditions have still to be asked of messages of this type and action, one bit a condition: 0 where they always
 * fit; undefined where they never do.
 */
export function openQuestions(when: When, kind: KindFacts): number | undefined {
  let open = 0;
  for (const [i, ask] of questions.entries()) {
    const answer = ask(when, kind);
    if (answer === false) return undefined;
    if (answer === undefined) open |= 1 << i;
  }
  return open;
}

/** What `openQuestions` left open, ready to be asked. */
export function asking(when: When, open: number, paths: AskedPaths): readonly OpenQuestion[] {
  return questions
    .filter((_, i) => (open & (1 << i)) !== 0)
    .map((ask) =>
      ask === askPaths
        ? asksPaths(when.paths.map((path) => paths.of(path)))
        : (facts) => ask(when, facts) === true,
    );
}

/** Whether messages of this type and action fit: never, always, or depending on what else there is. */
export function fitsKind(when: When, facts: KindFacts & Partial<MessageFacts>): boolean | undefined {
  return judge(when, facts);
}

/** Whether a message fits. */
export function fits(when: When, facts: MessageFacts): boolean {
  return judge(when, facts) === true;
}

const judge = (when: When, facts: LaneFacts | KindFacts | MessageFacts): Verdict => {
  let verdict: Verdict = true;
  for (const ask of questions) {
    const answer = ask(when, facts);
    if (answer === false) return false;
    if (answer === undefined) verdict = undefined;
  }
  return verdict;
};

type Ask = (when: When, facts: LaneFacts & Partial<MessageFacts>) => Verdict;

const askPaths: Ask = ({ paths }, facts) =>
  paths.length === 0 || (facts.payload === undefined ? undefined : pathsHold(paths, facts.payload()));

/** The same question without the way to it, because it is asked of every message. */
const asksPaths =
  (paths: readonly AskedPath[]): OpenQuestion =>
  (facts) => {
    if (facts.payload() === undefined) return false;
    for (const path of paths) if (!pathHolds(path, facts.valueAt(path))) return false;
    return true;
  };

/** The cheap ones first. */
const questions: readonly Ask[] = [
  ({ direction }, facts) => direction === undefined || direction === facts.direction,
  ({ identities }, facts) =>
    identities === undefined || identities.some((one) => fitsIdentity(one, facts.identity)),
  ({ versions }, { version }) =>
    versions === undefined || (version === undefined ? undefined : versions.includes(version)),
  ({ connection }, facts) =>
    connection === undefined ||
    (facts.connection === undefined ? undefined : testsHold(connection, true, facts.connection)),
  ({ types }, { type }) =>
    types === undefined || (type === undefined ? undefined : types.some((one) => one === type)),
  ({ actions }, { type, action }) => {
    if (actions === undefined) return true;
    if (type === undefined) return undefined;
    return action !== undefined && actions.some((glob) => matchesGlob(glob, action));
  },
  ({ window }, { age }) => window === undefined || (age === undefined ? undefined : isWithin(window, age)),
  ({ clock }, { wall }) => clock === undefined || (wall === undefined ? undefined : isDuring(clock, wall)),
  ({ state }, facts) =>
    state === undefined || (facts.state === undefined ? undefined : isInState(state, facts.state())),
  askPaths,
  ({ not }, facts) => {
    if (not === undefined) return true;
    const verdict = judge(not, facts);
    return verdict === undefined ? undefined : !verdict;
  },
  ({ all }, facts) => all === undefined || every(all, facts),
  ({ any }, facts) => any === undefined || some(any, facts),
];

const every = (conditions: readonly When[], facts: LaneFacts): Verdict => {
  const verdicts = conditions.map((when) => judge(when, facts));
  return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
};

const some = (conditions: readonly When[], facts: LaneFacts): Verdict => {
  const verdicts = conditions.map((when) => judge(when, facts));
  return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
};

const fitsIdentity = (pattern: IdentityPattern, identity: string): boolean => {
  switch (pattern.kind) {
    case "exact":
      return pattern.identity === identity;
    case "like":
      return matchesGlob(pattern.glob, identity);
    case "matches":
      return fitsPattern(pattern.pattern, identity);
  }
};

const isWithin = ({ from, to }: AgeRange, age: number): boolean => age >= from && age < to;

const dayMs = 86_400_000;

const isDuring = ({ daily, from, to }: ClockRange, wall: number): boolean => {
  if (!daily) return wall >= from && wall < to;
  const time = ((wall % dayMs) + dayMs) % dayMs;
  return from <= to ? time >= from && time < to : time >= from || time < to;
};

const isInState = (asked: StateCondition, state: StationState): boolean => {
  const { inTransaction, booted, connector, statuses } = asked;
  if (booted !== undefined && state.booted !== booted) return false;
  if (inTransaction !== undefined && state.inTransaction(connector) !== inTransaction) return false;
  return statuses === undefined || state.statuses(connector).some((status) => statuses.includes(status));
};

/** Whether all path conditions hold for the payload; where there is none to look into, none does. */
const pathsHold = (paths: readonly PathCondition[], payload: unknown): boolean =>
  payload !== undefined && paths.every((path) => pathHolds(path, follow(payload, path.steps)));

const pathHolds = ({ tests }: Pick<PathCondition, "tests">, { found, value }: Followed): boolean =>
  testsHold(tests, found, value as Plain);
