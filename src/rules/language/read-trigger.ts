// The `trigger` of a rule: from the file's values to numbers within their bounds, every error reported. The table
// of its keys is what the schema for editors and the reference are made of, too.

import { nsPerMs } from "../../base/time.js";
import {
  duration,
  integer,
  number,
  optional,
  readSettings,
  type Setting,
  type SettingTable,
  word,
} from "../../yaml/settings.js";
import { type Bounds, type IssueReporter, itemsOf, readMap, show, type Value } from "../../yaml/value.js";
import type { Schedule, Trigger, TriggerScope } from "./rule-set.js";

/** The trigger of a rule that has none: every matching message. */
export const everyMatch: Trigger = {
  nth: undefined,
  every: undefined,
  first: undefined,
  after: undefined,
  times: undefined,
  probability: undefined,
  per: "connection",
  window: undefined,
  ttl: undefined,
  idle: undefined,
  schedule: undefined,
};

const scopes: readonly TriggerScope[] = ["connection", "identity", "exchange", "all"];
const fromOne: Bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };
const fromZero: Bounds = { min: 0, max: Number.MAX_SAFE_INTEGER };
const chance: Bounds = { min: 0, max: 1 };

const count = (meaning: string, bounds: Bounds): Setting<number | undefined> =>
  optional(integer(meaning, bounds));

const span = (meaning: string): Setting<number | undefined> => {
  const field = optional(duration(meaning));
  return {
    ...field,
    read: (value, what, report) => {
      const ms = field.read(value, what, report);
      if (ms === 0) report(value.where, "duration", `${what} must be longer than nothing`);
      return ms === undefined || ms === 0 ? undefined : ms * nsPerMs;
    },
  };
};

const instants = duration("since the connection came about");

const readSchedule = (value: Value, report: IssueReporter): Schedule | undefined => {
  const members = readMap(value, "schedule", ["every", "at"], report);
  if (members === undefined) return undefined;
  const [every, at] = [members.get("every"), members.get("at")];
  if ((every === undefined) === (at === undefined)) {
    report(
      value.where,
      "schedule",
      "schedule must say either every or at, like { every: 30s } or { at: [10s, 1m] }",
    );
    return undefined;
  }
  if (every !== undefined) {
    const ms = instants.read(every.value, "every", report);
    if (ms === 0) report(every.value.where, "duration", "every must be longer than nothing");
    return ms === undefined || ms === 0 ? undefined : { kind: "every", period: ms * nsPerMs };
  }
  const times = itemsOf(at?.value ?? value).map((item) => instants.read(item, "at", report));
  if (times.length === 0) report(value.where, "schedule", `at names no time, found ${show(value)}`);
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return { kind: "at", times: times.map((ms) => (ms ?? 0) * nsPerMs).sort((a, b) => a - b) };
};

const schedule: Setting<Schedule | undefined> = {
  read: (value, _what, report) => readSchedule(value, report),
  schema: {
    type: "object",
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      every: instants.schema,
      at: { anyOf: [instants.schema, { type: "array", minItems: 1, items: instants.schema }] },
    },
  },
  takes: "{ every: 30s } or { at: [10s, 1m] }",
  meaning: "acts by the clock: again and again, or at these times since the connection came about",
  fallback: { value: undefined },
};

/** What a file can say, `toxicity` being another word for `probability`. */
type TriggerKeys = Trigger & { readonly toxicity: number | undefined };

/** The keys of a `trigger`. */
export const triggerFields: SettingTable<TriggerKeys> = {
  after: count("none of the first n; the keys below count from there", fromZero),
  nth: count("the n-th only", fromOne),
  every: count("every n-th", fromOne),
  first: count("the first n", fromOne),
  probability: optional(number("those whose draw, in [0, 1), lies below it", chance)),
  toxicity: optional(number("another word for probability", chance)),
  times: count("at most n in all: those on which everything else agreed", fromOne),
  window: span("those within so long of the first one that fitted"),
  ttl: span("those within so long of the arming of the rule; then it acts no more"),
  idle: span(
    "no message: it acts when nothing has come in either direction for so long, once in every such silence",
  ),
  schedule,
  per: word(
    "what is counted together: each connection, each charge point over all its connections, each CALL with its answer, or everything",
    scopes,
    "connection",
  ),
};

/** Reads a `trigger`. */
export function readTrigger(value: Value, report: IssueReporter): Trigger | undefined {
  const keys = readSettings(triggerFields, undefined, value, "trigger", report);
  if (keys === undefined) return undefined;
  const { toxicity, ...trigger } = keys;
  if (toxicity !== undefined && trigger.probability !== undefined)
    report(value.where, "toxicity", "toxicity is another word for probability; say one of them");
  if (trigger.idle !== undefined && trigger.schedule !== undefined)
    report(value.where, "schedule", "idle and schedule are two triggers; make two rules of it");
  return { ...trigger, probability: trigger.probability ?? toxicity };
}
