// Which condition kept a rule from a message that matched all its others: for somebody whose rule never acts. Each
// condition is asked by itself.

import { everyMessage } from "../language/read-when.js";
import type { Rule, When } from "../language/rule-set.js";
import { type KnownFacts, matches } from "./match.js";

/** What is known of a message that has been and gone: its state, ordinal, age and time of day are not. */
export type PastMessage = Required<
  Pick<KnownFacts, "identity" | "direction" | "version" | "type" | "action" | "payload">
>;

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
  version: PastMessage["version"],
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

const foundIn = (condition: string, message: PastMessage): string | null => {
  switch (condition) {
    case "identity":
    case "direction":
    case "version":
    case "type":
    case "action":
      return message[condition] ?? null;
    default:
      return null;
  }
};

/** The condition that kept the rule from this message; undefined where none or several did, or the rule has only one. */
export function ruleNearMiss(rule: Rule, message: PastMessage): RuleNearMiss | undefined {
  const parts = partsOf(rule.when, message.version);
  if (parts.length < 2) return undefined;
  // A condition that cannot be decided without the moment of the message is taken to hold.
  const failed = parts.filter(({ part }) => matches(part, message) === false);
  const [only] = failed;
  if (only === undefined || failed.length > 1) return undefined;
  return { condition: only.condition, found: foundIn(only.condition, message) };
}
