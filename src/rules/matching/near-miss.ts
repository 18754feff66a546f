// Which condition kept a rule from a message that fitted all its others: what a person wants to know of a rule that
// never acts. Asks each condition by itself; remembers nothing.

import type { RuledMessage } from "../contract/ruled-message.js";
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
  version: RuledMessage["version"],
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
const holds = (when: When, message: RuledMessage): boolean => {
  const { identity, direction, version, type, action, payload } = message;
  return fitsKind(when, { identity, direction, version, type, action, payload }) !== false;
};

const foundIn = (condition: string, message: RuledMessage): string | null => {
  switch (condition) {
    case "identity":
      return message.identity;
    case "direction":
      return message.direction;
    case "version":
      return message.version ?? null;
    case "type":
      return message.type;
    case "action":
      return message.action ?? null;
    default:
      return null;
  }
};

/** The condition that kept the rule from this message; undefined where none did, or several, or where it has only one. */
export function ruleNearMiss(rule: Rule, message: RuledMessage): RuleNearMiss | undefined {
  const parts = partsOf(rule.when, message.version);
  if (parts.length < 2) return undefined;
  const failed = parts.filter(({ part }) => !holds(part, message));
  const [only] = failed;
  if (only === undefined || failed.length > 1) return undefined;
  return { condition: only.condition, found: foundIn(only.condition, message) };
}
