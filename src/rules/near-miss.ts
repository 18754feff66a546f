// Which condition kept a rule from a message that fitted all its others: what a person wants to know of a rule that
// never acts. Asks each condition by itself; remembers nothing.

import { matchesKind, matchesLane, matchesPaths } from "./match.js";
import type { Observation } from "./observation.js";
import { everyMessage } from "./read-when.js";
import type { Rule, When } from "./rule-set.js";

/** The one condition that failed. */
export interface RuleNearMiss {
  /** `identity`, `direction`, `type`, `action`, or `path` with its pointer. */
  readonly condition: string;
  /** What the message has instead; null where there is nothing to show. */
  readonly found: string | null;
}

/** The parts of a `when`, each as a `when` of its own. */
const partsOf = (when: When): readonly { readonly condition: string; readonly part: When }[] => {
  const parts: { condition: string; part: When }[] = [];
  const { identities, direction, types, actions, paths } = when;
  if (identities !== undefined) parts.push({ condition: "identity", part: { ...everyMessage, identities } });
  if (direction !== undefined) parts.push({ condition: "direction", part: { ...everyMessage, direction } });
  if (types !== undefined) parts.push({ condition: "type", part: { ...everyMessage, types } });
  if (actions !== undefined) parts.push({ condition: "action", part: { ...everyMessage, actions } });
  for (const path of paths)
    parts.push({ condition: `path ${path.pointer}`, part: { ...everyMessage, paths: [path] } });
  return parts;
};

const holds = (when: When, { identity, direction, type, action, payload }: Observation): boolean =>
  matchesLane(when, identity, direction) &&
  matchesKind(when, type, action) &&
  (when.paths.length === 0 || matchesPaths(when.paths, payload()));

const foundIn = (condition: string, observation: Observation): string | null => {
  switch (condition) {
    case "identity":
      return observation.identity;
    case "direction":
      return observation.direction;
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
  const parts = partsOf(rule.when);
  if (parts.length < 2) return undefined;
  const failed = parts.filter(({ part }) => !holds(part, observation));
  const [only] = failed;
  if (only === undefined || failed.length > 1) return undefined;
  return { condition: only.condition, found: foundIn(only.condition, observation) };
}
