// A rule in one English sentence, for people who want to know what a file will do before they arm it.

import type { Direction } from "../base/direction.js";
import { explainFault } from "./faults/registry.js";
import type {
  IdentityPattern,
  PathCondition,
  PathTest,
  Rule,
  Trigger,
  TriggerScope,
  When,
} from "./rule-set.js";

/** The rule as a sentence. */
export function explainRule(rule: Rule): string {
  const faults = rule.faults.map(explainFault);
  return `Of ${subject(rule.when)}, ${selection(rule.trigger)} is ${faults.join(", then ")}.`;
}

const subject = (when: When): string => {
  const type = when.types === undefined ? "all messages" : `${join(when.types, "and")} messages`;
  const action = when.actions === undefined ? "" : ` for ${join(when.actions, "or")}`;
  const way = when.direction === undefined ? "" : ways[when.direction];
  const who =
    when.identities === undefined ? "any charge point" : join(when.identities.map(explainIdentity), "or");
  const paths =
    when.paths.length === 0 ? "" : ` in whose payload ${join(when.paths.map(explainPath), "and")}`;
  return `${type}${action}${way || " of"} ${who}${way === "" ? "" : waysEnd[when.direction ?? "csms-to-cp"]}${paths}`;
};

const ways: Readonly<Record<Direction, string>> = {
  "cp-to-csms": " from",
  "csms-to-cp": " from the CSMS to",
};

const waysEnd: Readonly<Record<Direction, string>> = { "cp-to-csms": " to the CSMS", "csms-to-cp": "" };

const explainIdentity = (pattern: IdentityPattern): string =>
  pattern.kind === "exact"
    ? JSON.stringify(pattern.identity)
    : `any charge point like ${JSON.stringify(pattern.glob)}`;

const explainPath = ({ pointer, tests }: PathCondition): string =>
  join(
    tests.map((test) => `${pointer === "" ? "the whole" : pointer} ${explainTest(test)}`),
    "and",
  );

const explainTest = (test: PathTest): string => {
  switch (test.kind) {
    case "equals":
      return `equals ${JSON.stringify(test.value)}`;
    case "matches":
      return `matches ${JSON.stringify(test.pattern.source)}`;
    case "exists":
      return test.value ? "exists" : "is absent";
    case "gt":
      return `is greater than ${test.value}`;
    case "gte":
      return `is at least ${test.value}`;
    case "lt":
      return `is less than ${test.value}`;
    case "lte":
      return `is at most ${test.value}`;
  }
};

const selection = (trigger: Trigger): string => {
  const { nth, every, first, after, times, probability, per } = trigger;
  const counted = [nth, every, first, after, times].some((part) => part !== undefined);
  const parts = [which(nth, every, first)];
  if (after !== undefined && after > 0) parts.push(`after the first ${after}`);
  if (probability !== undefined)
    parts.push(`with a chance of ${Number((probability * 100).toPrecision(12))} %`);
  if (times !== undefined) parts.push(times === 1 ? "but only once" : `but at most ${times} times`);
  if (counted) parts.push(scopes[per]);
  return parts.join(" ");
};

const scopes: Readonly<Record<TriggerScope, string>> = {
  connection: "(counted for each connection)",
  identity: "(counted for each charge point)",
  all: "(counted over all charge points)",
};

const which = (nth: number | undefined, every: number | undefined, first: number | undefined): string => {
  const range = first === undefined ? undefined : `the first ${first}`;
  if (nth !== undefined) return `the ${ordinal(nth)}${range === undefined ? "" : ` if among ${range}`}`;
  if (every !== undefined && every > 1)
    return `every ${ordinal(every)}${range === undefined ? "" : ` of ${range}`}`;
  if (first === 1) return "the first";
  return range === undefined ? "every one" : `each of ${range}`;
};

const ordinal = (number: number): string => {
  const teens = number % 100 >= 11 && number % 100 <= 13;
  const ending = teens ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
};

const join = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
