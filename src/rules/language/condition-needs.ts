// What the conditions of a `when` need, at any depth: the state of the charge point, or a message.

import type { When } from "./rule-set.js";

const nested = ({ all, any, not }: When): readonly When[] => [
  ...(all ?? []),
  ...(any ?? []),
  ...(not === undefined ? [] : [not]),
];

/** Whether the conditions depend on the state of the charge point, so that it must be followed. */
export function needsState(when: When): boolean {
  return when.state !== undefined || nested(when).some(needsState);
}

/** Whether a condition is about messages (direction, type, action, path), not only about connections. */
export function needsMessages(when: When): boolean {
  const { direction, types, actions, paths } = when;
  const isAboutMessages =
    direction !== undefined || types !== undefined || actions !== undefined || paths.length > 0;
  return isAboutMessages || nested(when).some(needsMessages);
}
