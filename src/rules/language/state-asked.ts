// What conditions ask for, at any depth: whether they need the state of the charge point, or a message at all.

import type { When } from "./rule-set.js";

const nested = ({ all, any, not }: When): readonly When[] => [
  ...(all ?? []),
  ...(any ?? []),
  ...(not === undefined ? [] : [not]),
];

/** Whether the state of the charge point has to be followed. */
export function asksForState(when: When): boolean {
  return when.state !== undefined || nested(when).some(asksForState);
}

/** Whether the conditions are about messages and not only about connections. */
export function asksAboutMessages(when: When): boolean {
  const { direction, types, actions, paths } = when;
  const asks = direction !== undefined || types !== undefined || actions !== undefined || paths.length > 0;
  return asks || nested(when).some(asksAboutMessages);
}
