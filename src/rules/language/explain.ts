// A rule in one English sentence, for people who want to know what a file will do before they arm it.

import type { Direction } from "../../base/direction.js";
import { durationWords } from "../../base/duration.js";
import type { FaultUse, Point } from "../contract/fault.js";
import {
  type AgeRange,
  type IdentityPattern,
  isTimed,
  type PathCondition,
  type PathTest,
  type Rule,
  type StateCondition,
  type Trigger,
  type TriggerScope,
  type When,
} from "./rule-set.js";

/** The rule as a sentence. */
export function explainRule(rule: Rule): string {
  const faults = rule.faults.map((use) => done(use, rule.point)).join(", then ");
  if (isTimed(rule)) return `${moment(rule)}${limits(rule)}, it is ${faults}.`;
  const what = rule.point === "message" ? subject(rule.when) : connections(rule);
  return `Of ${what}, ${selection(rule)} is ${faults}.`;
}

/** What is done, to fit behind `is`: a message has a connection, which is another thing than the message. */
const done = ({ fault, settings }: FaultUse, point: Point): string => {
  const text = fault.explain(settings);
  if (point === "message" && fault.layer === "transport" && !fault.final)
    return `passed on before its connection is ${text}`;
  if (point !== "connection") return text;
  return text
    .replace(/^(?:replaced|followed) by a close of the connection/, "closed")
    .replace(/^replaced by/, "ended by")
    .replace(/^followed by/, "sent");
};

const pointNames: Readonly<Record<Exclude<Point, "message">, string>> = {
  connection: "connections",
  ping: "pings",
  pong: "pongs",
  upgrade: "upgrades",
  tls: "TLS handshakes",
};

/** What a rule is about that is about no messages. */
const connections = ({ point, when }: Rule): string => {
  const name = point === "message" ? "messages" : pointNames[point];
  const way = when.direction === undefined ? "" : ` (${when.direction})`;
  return `all ${name}${way} of ${who(when)}${others(when, point)}`;
};

const moment = ({ when, trigger: { idle, schedule } }: Rule): string => {
  const one = `a connection of ${who(when)}${others(when, "connection")}`;
  if (idle !== undefined)
    return `Whenever nothing has passed on ${one} for ${span(idle)}, in either direction`;
  if (schedule?.kind === "every") return `Every ${span(schedule.period)} of ${one}`;
  const times = schedule?.kind === "at" ? schedule.times.map(span) : [];
  return `${join(times, "and")} after ${one} began`;
};

const span = (ns: number): string => durationWords(ns / 1e6);

const who = ({ identities }: When): string =>
  identities === undefined ? "any charge point" : join(identities.map(explainIdentity), "or");

const subject = (when: When): string => {
  const type = when.types === undefined ? "all messages" : `${join(when.types, "and")} messages`;
  const action = when.actions === undefined ? "" : ` for ${join(when.actions, "or")}`;
  const way = when.direction === undefined ? "" : ways[when.direction];
  return `${type}${action}${way || " of"} ${who(when)}${way === "" ? "" : waysEnd[when.direction ?? "csms-to-cp"]}${others(when)}`;
};

/** The conditions that are no part of a message's name. */
const others = (when: When, point: Point = "message"): string => {
  const { paths, versions, connection, state, window, clock, all, any, not } = when;
  const parts = [
    ...(versions === undefined ? [] : [`speaking OCPP ${join(versions, "or")}`]),
    ...(connection === undefined ? [] : [numbered(point, join(connection.map(explainTest), "and"))]),
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

const numbered = (point: Point, tests: string): string =>
  point === "connection" ? `(one whose number ${tests})` : `on a connection whose number ${tests}`;

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

const explainWindow = ({ from, to }: AgeRange): string => {
  if (!Number.isFinite(to)) return `later than ${span(from)} after the connection began`;
  return from === 0
    ? `in the first ${span(to)} of the connection`
    : `between ${span(from)} and ${span(to)} after the connection began`;
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

const selection = ({ trigger, point }: Pick<Rule, "trigger" | "point">): string => {
  const { nth, every, first, after = 0, times, probability, per } = trigger;
  const counted = [nth, every, first, trigger.after, times].some((part) => part !== undefined);
  const parts = [which(trigger)];
  const isSaid = first !== undefined && nth === undefined && (every ?? 1) === 1;
  if (after > 0 && !isSaid) parts.push(`after the first${after === 1 ? "" : ` ${after}`}`);
  if (probability !== undefined) parts.push(`with a chance of ${percent(probability)}`);
  if (times !== undefined) parts.push(times === 1 ? "but only once" : `but at most ${times} times`);
  if (counted) parts.push(`(counted ${scopeOf(per, point)})`);
  return `${parts.join(" ")}${spans(trigger)}`;
};

/** Of a rule that acts by the clock. */
const limits = (rule: Rule): string => {
  const { nth, every, first, after, times, probability, per } = rule.trigger;
  if ([nth, every, first, after].some((part) => part !== undefined))
    return `, and of these times ${selection(rule)}`;
  const often = times === 1 ? "once" : `${times} times at most`;
  const parts = [
    ...(probability === undefined ? [] : [`each time with a chance of ${percent(probability)}`]),
    ...(times === undefined ? [] : [`${often} ${per === "all" ? "in all" : scopeOf(per, rule.point)}`]),
  ];
  return `${parts.map((part) => `, ${part}`).join("")}${spans(rule.trigger)}`;
};

const percent = (part: number): string => `${Number((part * 100).toPrecision(12))} %`;

const spans = ({ window, ttl }: Trigger): string =>
  `${window === undefined ? "" : ` within ${span(window)} of the first`}${
    ttl === undefined ? "" : ` within ${span(ttl)} of arming`
  }`;

/** What is counted together; before there is a connection, there is less to tell them apart by. */
const scopeOf = (per: TriggerScope, point: Point): string => {
  if (per !== "all" && point === "tls") return "for each address";
  if (per === "connection" && point === "upgrade") return scopes.identity;
  return scopes[per];
};

const scopes: Readonly<Record<TriggerScope, string>> = {
  connection: "for each connection",
  identity: "for each charge point",
  exchange: "for each CALL with its answer",
  all: "over all charge points",
};

const which = ({ nth, every, first, after = 0 }: Trigger): string => {
  const range = first === undefined ? undefined : `the first ${first}`;
  if (nth !== undefined) return `the ${ordinal(nth)}${range === undefined ? "" : ` if among ${range}`}`;
  if (every !== undefined && every > 1)
    return `every ${ordinal(every)}${range === undefined ? "" : ` of ${range}`}`;
  if (range === undefined) return "every one";
  if (after > 0)
    return `${first === 1 ? "the one that follows" : `each of the ${first} that follow`} the first${after === 1 ? "" : ` ${after}`}`;
  return first === 1 ? "the first" : `each of ${range}`;
};

const ordinal = (number: number): string => {
  if (number === 1) return "first";
  const teens = number % 100 >= 11 && number % 100 <= 13;
  const ending = teens ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
};

const join = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
