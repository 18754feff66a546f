// The `trigger` of a rule: from the file's values to numbers within their bounds, every error reported.

import type { Trigger, TriggerScope } from "./rule-set.js";
import { type Bounds, type Report, readInteger, readMap, readNumber, readWord, type Value } from "./value.js";

/** The trigger of a rule that has none: every matching message. */
export const everyMatch: Trigger = {
  nth: undefined,
  every: undefined,
  first: undefined,
  after: undefined,
  times: undefined,
  probability: undefined,
  per: "connection",
};

const scopes: readonly TriggerScope[] = ["connection", "identity", "all"];
const fromOne: Bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };
const fromZero: Bounds = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** Reads a `trigger`. */
export function readTrigger(value: Value, report: Report): Trigger | undefined {
  const names = ["nth", "every", "first", "after", "times", "probability", "per"];
  const members = readMap(value, "trigger", names, report);
  if (members === undefined) return undefined;
  const count = (name: string, bounds: Bounds): number | undefined => {
    const said = members.get(name);
    return said === undefined ? undefined : readInteger(said.value, name, bounds, report);
  };
  const probability = members.get("probability");
  const per = members.get("per");
  return {
    nth: count("nth", fromOne),
    every: count("every", fromOne),
    first: count("first", fromOne),
    after: count("after", fromZero),
    times: count("times", fromOne),
    probability:
      probability === undefined
        ? undefined
        : readNumber(probability.value, "probability", { min: 0, max: 1 }, report),
    per: (per === undefined ? undefined : readWord(per.value, "per", scopes, report)) ?? "connection",
  };
}
