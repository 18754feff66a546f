// A rule in one English sentence, for people who want to know what a file will do before they arm it.

import type { Direction } from "../base/direction.js";
import { spanWords } from "../base/time-words.js";
import type { Point } from "./faults/fault.js";
import { explainFault } from "./faults/registry.js";
import {
  type IdentityPattern,
  isTimed,
  type PathCondition,
  type PathTest,
  type Rule,
  type Span,
  type StateCondition,
  type Trigger,
  type TriggerScope,
  type When,
} from "./rule-set.js";

/** The rule as a sentence. */
export function explainRule(rule: Rule): string {
  const faults = rule.faults.map(explainFault);
  if (isTimed(rule))
    return `${moment(rule)}, ${connections(rule)} is ${faults.join(", then ")}${limits(rule)}.`;
  const what = rule.point === "message" ? subject(rule.when) : connections(rule);
  return `Of ${what}, ${selection(rule.trigger)} is ${faults.join(", then ")}.`;
}

const pointNames: Readonly<Record<Exclude<Point, "message">, string>> = {
  connection: "connections",
  ping: "pings",
  pong: "pongs",
  upgrade: "upgrades",
  tls: "TLS handshakes",
};

/** What a rule is about that is about no messages. */
const connections = ({ point, when, trigger }: Rule): string => {
  const name = point === "message" ? "messages" : pointNames[point];
  const which = isTimed({ trigger }) ? "each connection" : `all ${name}`;
  const way = when.direction === undefined ? "" : ` (${when.direction})`;
  return `${which}${way} of ${who(when)}${others(when)}`;
};

const moment = ({ trigger: { idle, schedule } }: Rule): string => {
  if (idle !== undefined) return `Whenever nothing has come in either direction for ${spanWords(idle)}`;
  if (schedule?.kind === "every") return `Every ${spanWords(schedule.period)} of a connection`;
  const times = schedule?.kind === "at" ? schedule.times.map(spanWords) : [];
  return `${join(times, "and")} after the beginning of a connection`;
};

const who = ({ identities }: When): string =>
  identities === undefined ? "any charge point" : join(identities.map(explainIdentity), "or");

const subject = (when: When): string => {
  const type = when.types === undefined ? "all messages" : `${join(when.types, "and")} messages`;
  const action = when.actions === undefined ? "" : ` for ${join(when.actions, "or")}`;
  const way = when.direction === undefined ? "" : ways[when.direction];
  return `${type}${action}${way || " of"} ${who(when)}${way === "" ? "" : waysEnd[when.direction ?? "csms-to-cp"]}${others(when)}`;
};

/** The conditions that are no part of a message's name. */
const others = (when: When): string => {
  const { paths, versions, connection, state, window, clock, all, any, not } = when;
  const parts = [
    ...(versions === undefined ? [] : [`speaking OCPP ${join(versions, "or")}`]),
    ...(connection === undefined
      ? []
      : [`on a connection whose number ${join(connection.map(explainTest), "and")}`]),
    ...(paths.length === 0 ? [] : [`in whose payload ${join(paths.map(explainPath), "and")}`]),
    ...(state === undefined ? [] : [explainState(state)]),
    ...(window === undefined ? [] : [explainWindow(window)]),
    ...(clock === undefined ? [] : [`${clock.daily ? "every day from" : "from"} ${clock.source}`]),
    ...(all === undefined ? [] : [`where all of these hold: ${all.map(clause).join("; ")}`]),
    ...(any === undefined ? [] : [`where one of these holds: ${any.map(clause).join("; ")}`]),
    ...(not === undefined ? [] : [`unless it is one of ${clause(not)}`]),
  ];
  return parts.map((part) => ` ${part}`).join("");
};

const clause = (when: When): string => `(${subject(when)})`;

const explainState = ({ inTransaction, booted, connector, statuses }: StateCondition): string => {
  const where = connector === undefined ? "" : ` on connector ${connector}`;
  const parts = [
    ...(booted === undefined ? [] : [booted ? "it has booted" : "it has not booted"]),
    ...(inTransaction === undefined ? [] : [`${inTransaction ? "a" : "no"} transaction runs${where}`]),
    ...(statuses === undefined ? [] : [`the status${where} is ${join(statuses, "or")}`]),
  ];
  return `while ${join(parts, "and")}`;
};

const explainWindow = ({ from, to }: Span): string => {
  const end = Number.isFinite(to) ? ` and before ${spanWords(to)}` : "";
  return `after ${spanWords(from)}${end} of the connection`;
};

const ways: Readonly<Record<Direction, string>> = {
  "cp-to-csms": " from",
  "csms-to-cp": " from the CSMS to",
};

const waysEnd: Readonly<Record<Direction, string>> = { "cp-to-csms": " to the CSMS", "csms-to-cp": "" };

const explainIdentity = (pattern: IdentityPattern): string => {
  switch (pattern.kind) {
    case "exact":
      return JSON.stringify(pattern.identity);
    case "like":
      return `any charge point like ${JSON.stringify(pattern.glob)}`;
    case "matches":
      return `any charge point that matches ${JSON.stringify(pattern.pattern.source)}`;
  }
};

const explainPath = ({ pointer, tests }: PathCondition): string =>
  join(
    tests.map((test) => `${pointer === "" ? "the whole" : pointer} ${explainTest(test)}`),
    "and",
  );

const explainTest = (test: PathTest): string => {
  switch (test.kind) {
    case "equals":
      return `equals ${JSON.stringify(test.value)}`;
    case "in":
      return `is ${join(
        test.values.map((value) => JSON.stringify(value)),
        "or",
      )}`;
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
    case "before":
    case "after":
      return `is ${test.kind} ${test.source}`;
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
  return `${parts.join(" ")}${spans(trigger)}`;
};

/** Of a rule that acts by the clock. */
const limits = ({ trigger }: Rule): string => {
  const { nth, every, first, after, times, probability } = trigger;
  const counted = [nth, every, first, after, times, probability].some((part) => part !== undefined);
  return counted ? `; of these times, ${selection(trigger)}` : spans(trigger);
};

const spans = ({ window, ttl }: Trigger): string =>
  `${window === undefined ? "" : ` within ${spanWords(window)} of the first`}${
    ttl === undefined ? "" : ` within ${spanWords(ttl)} of arming`
  }`;

const scopes: Readonly<Record<TriggerScope, string>> = {
  connection: "(counted for each connection)",
  identity: "(counted for each charge point)",
  exchange: "(counted for each CALL with its answer)",
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
