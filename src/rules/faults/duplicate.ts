// duplicate: the message goes out again, octet for octet, right behind itself.

import { integer } from "../fields.js";
import { defineFault, type Fault } from "./fault.js";

/** How often more. */
export interface DuplicateSettings {
  readonly times: number;
}

const mostTimes = 100;

/** Duplicates of duplicates multiply; this is where that ends. */
const mostCopies = 1000;

/** Sends the message more than once. */
export const duplicate: Fault<DuplicateSettings> = defineFault<DuplicateSettings>({
  name: "duplicate",
  layer: "message",
  final: false,
  loses: false,
  summary: "The message goes out again, octet for octet, right behind itself.",
  breaks: "OCPP-J: a message id is unique among those of its sender on a connection",
  goodPeer: "Answers the repeated CALL as the first, books nothing twice, and leaves a second answer alone.",
  example: "duplicate: { times: 1 }",
  fields: { times: integer("how often more", { min: 1, max: mostTimes }, 1) },
  apply: ({ times }, { copies }) => {
    const all = copies.flatMap((copy) => Array.from({ length: times + 1 }, () => copy)).slice(0, mostCopies);
    return { outcome: `duplicated ${count(times)}`, copies: all, draw: null };
  },
  explain: ({ times }) => (times === 1 ? "sent twice" : `sent ${times + 1} times`),
});

const count = (times: number): string => (times === 1 ? "1 time" : `${times} times`);
