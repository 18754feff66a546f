// Whether a log is written newest first: by times that fall, and by answers that stand before their CALLs. The
// two are added up, so that a clock that was set back once, or an id that is used for everything, decides nothing.

import { namesAction } from "../../../ocpp/envelope/message-type.js";
import { peek } from "../../../ocpp/envelope/peek.js";

/** What of a message tells the order of its log. */
export interface Ordered {
  readonly text: string;
  readonly ns: bigint | undefined;
}

/** Steps back in time less steps forward. */
const falls = (messages: readonly Ordered[]): number => {
  let sum = 0;
  let before: bigint | undefined;
  for (const { ns } of messages) {
    if (ns === undefined) continue;
    if (before !== undefined && ns !== before) sum += ns < before ? 1 : -1;
    before = ns;
  }
  return sum;
};

const takeFrom = (open: Map<string, number>, id: string): boolean => {
  const count = open.get(id) ?? 0;
  if (count > 0) open.set(id, count - 1);
  return count > 0;
};

/** The number of answers before their CALLs minus the number of answers after them. */
const answersAhead = (messages: readonly Ordered[]): number => {
  const calls = new Map<string, number>();
  const answers = new Map<string, number>();
  let sum = 0;
  for (const { text } of messages) {
    const found = peek(text);
    if (found === undefined || found.type === "SEND") continue;
    const [own, other, step] = namesAction(found.type) ? [calls, answers, 1] : [answers, calls, -1];
    if (takeFrom(other, found.id)) sum += step;
    else own.set(found.id, (own.get(found.id) ?? 0) + 1);
  }
  return sum;
};

/** Whether these messages of a log stand newest first. */
export function isNewestFirst(messages: readonly Ordered[]): boolean {
  return falls(messages) + answersAhead(messages) > 0;
}
