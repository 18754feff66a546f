// Which condition kept a rule from a message that fitted all its others: what a person wants to know of a rule that
// never acts. Asks each condition by itself; remembers nothing.

import type { Observation } from "../contract/message.js";
import { everyMessage } from "../language/read-when.js";
import type { Rule, When } from "../language/rule-set.js";
import { fitsKind } from "./match.js";

/** The one condition that failed. */
export interface RuleNearMiss {
  /** `identity`, `direction`, `version`, `type`, `action`, `path` with its pointer, or `any`, `not`, `one of all`. */
  readonly condition: string;
  /** What the message has instead; null where there is nothing to show. */
  readonly found: string | null;
}

/** The parts of a `when` that can be asked of a message by itself, each as a `when` of its own. */
const partsOf = (
  when: When,
  version: Observation["version"],
): readonly { readonly condition: string; readonly part: When }[] => {
  const asked: [condition: string, part: Partial<When>][] = [];
  const { identities, direction, versions, types, actions, paths } = when;
  if (identities !== undefined) asked.push(["identity", { identities }]);
  if (direction !== undefined) asked.push(["direction", { direction }]);
  if (versions !== undefined && version !== undefined) asked.push(["version", { versions }]);
  if (types !== undefined) asked.push(["type", { types }]);
  if (actions !== undefined) asked.push(["action", { actions }]);
  for (const path of paths) asked.push([`path ${path.pointer}`, { paths: [path] }]);
  for (const part of when.all ?? []) asked.push(["one of all", part]);
  if (when.any !== undefined) asked.push(["any", { any: when.any }]);
  if (when.not !== undefined) asked.push(["not", { not: when.not }]);
  return asked.map(([condition, part]) => ({ condition, part: { ...everyMessage, ...part } }));
};

/** What a message by itself does not tell (state, ordinal, age, clock) is taken to hold. */
const holds = (when: When, observation: Observation): boolean => {
  const { identity, direction, version, type, action, payload } = observation;
  return fitsKind(when, { identity, direction, version, type, action, payload }) !== false;
};

const foundIn = (condition: string, observation: Observation): string | null => {
  switch (condition) {
    case "identity":
      return observation.identity;
    case "direction":
      return observation.direction;
    case "version":
      return observation.version ?? null;
    case "type":
      return observation.type;
    case "action":
      return observation.action ?? null;
    default:
      return null;
  }
};

/** The condition that kept the rule from this message; undefined where none did, or several, or where it has only one. */
export function ruleNearMiss(rule: Rule, observation: Observation): RuleNearMiss | undefined {
  const parts = partsOf(rule.when, observation.version);
  if (parts.length < 2) return undefined;
  const failed = parts.filter(({ part }) => !holds(part, observation));
  const [only] = failed;
  if (only === undefined || failed.length > 1) return undefined;
  return { condition: only.condition, found: foundIn(only.condition, observation) };
}
