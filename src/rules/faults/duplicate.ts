// duplicate: the message goes out again, octet for octet, right behind itself.

import { readInteger, readMap } from "../value.js";
import type { Fault } from "./fault.js";

/** How often more. */
export interface DuplicateSettings {
  readonly times: number;
}

const mostTimes = 100;

/** Duplicates of duplicates multiply; this is where that ends. */
const mostCopies = 1000;

/** Sends the message more than once. */
export const duplicate: Fault<DuplicateSettings> = {
  final: false,
  read: (value, report) => {
    const members = readMap(value, "duplicate", ["times"], report);
    if (members === undefined) return undefined;
    const times = members.get("times");
    return { times: (times && readInteger(times.value, "times", { min: 1, max: mostTimes }, report)) ?? 1 };
  },
  apply: ({ times }, { copies }) => {
    const all = copies.flatMap((copy) => Array.from({ length: times + 1 }, () => copy)).slice(0, mostCopies);
    return { outcome: `duplicated ${count(times)}`, copies: all, draw: null };
  },
  explain: ({ times }) => (times === 1 ? "sent twice" : `sent ${times + 1} times`),
};

const count = (times: number): string => (times === 1 ? "1 time" : `${times} times`);
