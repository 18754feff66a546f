// A rule in English sentences: what it does to which messages, under which conditions, how often.

import { durationWords } from "../../base/duration.js";
import type { ExplainTarget, FaultUse, Point } from "../contract/fault.js";
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

/** The rule in English sentences. */
export function explainRule(rule: Rule): string {
  const { before, after } = isTimed(rule) ? momentWords(rule.trigger) : { before: "", after: "" };
  const conditions = conditionsOf(rule.when, rule.point).map((part) => `, ${part}`);
  const sentences = [
    `${before}${faultWords(rule)}${after}${conditions.join("")}`,
    ...nestedOf(rule.when, rule.point).map((words) => `acts ${words}`),
    ...countWords(rule),
    ...limitWords(rule),
  ];
  return sentences.map((sentence) => `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`).join(" ");
}

/** The faults as one phrase. The first one names the target, the others refer to it. */
const faultWords = (rule: Rule): string => {
  const { point, when } = rule;
  const isAnswer = when.types?.every((type) => type === "CALLRESULT" || type === "CALLERROR") === true;
  const target = { point, isAnswer, words: targetWords(rule) };
  const sameTarget = { point, isAnswer, words: point === "message" ? "the message" : "it" };
  const say = ({ fault, settings }: FaultUse, about: ExplainTarget): string => fault.explain(settings, about);
  return rule.faults.map((use, i) => say(use, i === 0 ? target : sameTarget)).join(", then ");
};

const pointNouns: Readonly<Record<Exclude<Point, "message">, string>> = {
  connection: "connection",
  ping: "ping",
  pong: "pong",
  upgrade: "upgrade",
  tls: "TLS handshake",
};

const targetWords = (rule: Rule): string => {
  const { point, trigger } = rule;
  const [only] = rule.faults.flatMap(({ fault }) => fault.onlyDirection ?? []);
  const when = { ...rule.when, direction: rule.when.direction ?? only };
  return counted(isTimed(rule) ? {} : trigger, (ending) =>
    point === "message"
      ? `${messageNoun(when, ending)}${peersOf(when, point)}`
      : `${pointNouns[point]}${ending}${peersOf(when, point)}`,
  );
};

/** A noun with its ending: `""` for one, `"s"` for more. */
type Noun = (ending: "" | "s") => string;

/** `every 2nd CALL`, `the next 5 CALLs after the first 2`, `the 5th CALL`. */
const counted = (trigger: Partial<Trigger>, noun: Noun): string => {
  const { nth, after = 0 } = trigger;
  const skipped = after === 0 || nth !== undefined ? "" : ` after the first${after === 1 ? "" : ` ${after}`}`;
  return `${countedAfterSkipped(trigger, noun)}${skipped}`;
};

/** `every 2nd CALL`, `the next 5 CALLs`, `the 5th CALL`: without the number of those that are skipped. */
const countedAfterSkipped = ({ nth, every = 1, first, after = 0 }: Partial<Trigger>, noun: Noun): string => {
  const range = `the ${after === 0 ? "first" : "next"}${first === 1 ? "" : ` ${first}`}`;
  if (nth !== undefined) return `the ${ordinal(after + nth)} ${noun("")}`;
  if (every > 1 && first === undefined) return `every ${ordinal(every)} ${noun("")}`;
  if (every > 1) return `every ${ordinal(every)} of ${range} ${noun("s")}`;
  if (first === undefined) return `every ${noun("")}`;
  return `${range} ${noun(first === 1 ? "" : "s")}`;
};

/** `StartTransaction CALL`, `Heartbeat or MeterValues messages`. */
const messageNoun = ({ types = ["message"], actions }: MessageNames, ending: "" | "s"): string => {
  const nouns = types.map((type) => `${type === "unreadable" ? "unreadable message" : type}${ending}`);
  const noun = join(nouns, "or");
  if (actions === undefined) return noun;
  const isGlob = actions.some((action) => /[*?]/.test(action));
  if (!isGlob) return `${join(actions, "or")} ${noun}`;
  return `${noun} with action ${join(
    actions.map((action) => JSON.stringify(action)),
    "or",
  )}`;
};

/** The types and actions of a `when`. */
interface MessageNames {
  readonly types: readonly string[] | undefined;
  readonly actions: readonly string[] | undefined;
}

/** `from "CP-1" to the CSMS`. */
const peersOf = ({ identities, direction }: When, point: Point): string => {
  const who = identities === undefined ? undefined : join(identities.map(explainIdentity), "or");
  if (direction === undefined) return who === undefined ? "" : ` of ${who}`;
  const charger = who ?? "any charge point";
  if (point !== "message")
    return ` from ${direction === "cp-to-csms" ? charger : `the CSMS${who === undefined ? "" : ` to ${who}`}`}`;
  return direction === "cp-to-csms" ? ` from ${charger} to the CSMS` : ` from the CSMS to ${charger}`;
};

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

const span = (ns: number): string => durationWords(ns / 1e6);

/** When a timed rule acts: the words before and after those of its faults. */
const momentWords = ({ idle, schedule }: Trigger): { readonly before: string; readonly after: string } => {
  if (idle !== undefined)
    return { before: `whenever neither side has sent anything for ${span(idle)}, `, after: "" };
  if (schedule?.kind === "every") return { before: `every ${periodWords(schedule.period)}, `, after: "" };
  const times = schedule?.kind === "at" ? schedule.times.map(span) : [];
  return { before: "", after: ` ${join(times, "and")} after it opens` };
};

/** `5 min`; one unit without its figure: `minute`. */
const periodWords = (ns: number): string => {
  const words = span(ns);
  return { "1 s": "second", "1 min": "minute", "1 h": "hour" }[words] ?? words;
};

/** The conditions that are not part of the noun, without those of `all`, `any` and `not`. */
const conditionsOf = (when: When, point: Point): readonly string[] => {
  const { paths, versions, connection, state, window, clock } = when;
  return [
    ...(versions === undefined ? [] : [`only on OCPP ${join(versions, "or")}`]),
    ...(connection === undefined ? [] : [connectionWords(connection, point)]),
    ...(paths.length === 0 ? [] : [`if ${join(paths.map(explainPath), "and")}`]),
    ...(state === undefined ? [] : [explainState(state, versions)]),
    ...(window === undefined ? [] : [explainAge(window)]),
    ...(clock === undefined ? [] : [clock.daily ? `daily from ${clock.source} UTC` : `from ${clock.source}`]),
  ];
};

/** The conditions of `all`, `any` and `not`, one phrase each. */
const nestedOf = ({ all, any, not }: When, point: Point): readonly string[] => {
  const list = (whens: readonly When[]): string => whens.map((when) => clause(when, point)).join("; ");
  return [
    ...(all === undefined ? [] : [`only if all of these match: ${list(all)}`]),
    ...(any === undefined ? [] : [`only if one of these matches: ${list(any)}`]),
    ...(not === undefined ? [] : [`on all but ${clause(not, point)}`]),
  ];
};

const connectionWords = (tests: readonly PathTest[], point: Point): string => {
  const number = `number ${join(tests.map(explainTest), "and")}`;
  return point === "connection" ? `if its ${number}` : `on connections whose ${number}`;
};

/** A nested `when` as a phrase: `CALLs of "X", if /x equals 1`; what is nested in it stands in brackets. */
const clause = (when: When, point: Point): string => {
  const noun = point === "message" ? messageNoun(when, "s") : `${pointNouns[point]}s`;
  const nested = nestedOf(when, point).map((words) => ` (${words})`);
  return `${[`${noun}${peersOf(when, point)}`, ...conditionsOf(when, point)].join(", ")}${nested.join("")}`;
};

/** In OCPP 2.x the connector of a condition is the EVSE. */
const outletWords = (connector: number, versions: When["versions"]): string => {
  const isOld = versions?.every((version) => version === "1.6");
  if (isOld === true) return `connector ${connector}`;
  const isNew = versions?.every((version) => version !== "1.6");
  return isNew === true ? `EVSE ${connector}` : `connector ${connector} (EVSE ${connector} in OCPP 2.x)`;
};

const explainState = (
  { inTransaction, booted, connector, statuses }: StateCondition,
  versions: When["versions"],
): string => {
  const outlet = connector === undefined ? undefined : outletWords(connector, versions);
  const where = outlet === undefined ? "" : ` on ${outlet}`;
  const parts = [
    ...(booted === undefined
      ? []
      : [booted ? "the charge point has booted" : "the charge point has not booted"]),
    ...(inTransaction === undefined ? [] : [`${inTransaction ? "a" : "no"} transaction is running${where}`]),
    ...(statuses === undefined
      ? []
      : [`the status${outlet === undefined ? "" : ` of ${outlet}`} is ${join(statuses, "or")}`]),
  ];
  return `while ${join(parts, "and")}`;
};

const explainAge = ({ from, to }: AgeRange): string => {
  if (!Number.isFinite(to)) return `later than ${span(from)} after the connection opened`;
  return from === 0
    ? `in the first ${span(to)} of the connection`
    : `between ${span(from)} and ${span(to)} after the connection opened`;
};

const explainPath = ({ pointer, tests }: PathCondition): string =>
  join(
    tests.map((test) => `${pointer === "" ? "the payload" : pointer} ${explainTest(test)}`),
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

/** What is counted together, for triggers that count. */
const countWords = ({ trigger, point, when }: Rule): readonly string[] => {
  const { nth, every, first, after, per } = trigger;
  if ([nth, every, first, after].every((part) => part === undefined)) return [];
  const scope = scopeOf(per, point);
  const over = per === "all" ? "over all charge points together" : scope;
  if (isTimed({ trigger })) return [timedCountWords(trigger, over)];
  const range = nth === undefined || first === undefined ? [] : [`acts only among the first ${first}`];
  const isAll = conditionsOf(when, point).length === 0 && nestedOf(when, point).length === 0;
  if (isAll) return [...range, `counted ${over}`];
  const nouns = point === "message" ? "messages" : `${pointNouns[point]}s`;
  const separately = over.replace(/^per /, "separately for each ");
  return [...range, `counts only ${nouns} that meet these conditions, ${separately}`];
};

/** Which of its times a timed rule acts. */
const timedCountWords = (trigger: Trigger, over: string): string => {
  const { nth, every, first, after = 0 } = trigger;
  const times = countedAfterSkipped(trigger, (ending) => `time${ending}`);
  if (nth !== undefined || after === 0) return `acts only ${times}, counted ${over}`;
  const skips = `skips the first ${after === 1 ? "time" : `${after} times`}`;
  if (every === undefined && first === undefined) return `${skips}, ${over.replace(/^per /, "for each ")}`;
  return `${skips}, then acts only ${times}, counted ${over}`;
};

/** How often the rule acts at most. */
const limitWords = ({ trigger, point }: Rule): readonly string[] => {
  const { times, probability, per, window, ttl } = trigger;
  const parts = [
    ...(probability === undefined ? [] : [`with a probability of ${percent(probability)}`]),
    ...(times === undefined
      ? []
      : [`${times === 1 ? "only once" : `at most ${times} times`} ${scopeOf(per, point)}`]),
    ...(window === undefined ? [] : [`only within ${span(window)} after the first match`]),
    ...(ttl === undefined ? [] : [`only within ${span(ttl)} after arming`]),
  ];
  return parts.length === 0 ? [] : [`acts ${parts.join(", ")}`];
};

const percent = (part: number): string => `${Number((part * 100).toPrecision(12))} %`;

/** What is counted together. Before a connection exists, less is known to tell them apart. */
const scopeOf = (per: TriggerScope, point: Point): string => {
  if (per !== "all" && point === "tls") return "per address";
  if (per === "connection" && point === "upgrade") return scopes.identity;
  return scopes[per];
};

const scopes: Readonly<Record<TriggerScope, string>> = {
  connection: "per connection",
  identity: "per charge point",
  exchange: "per CALL with its answer",
  all: "in total",
};

const ordinal = (number: number): string => {
  if (number === 1) return "first";
  const teens = number % 100 >= 11 && number % 100 <= 13;
  const ending = teens ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
};

const join = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
