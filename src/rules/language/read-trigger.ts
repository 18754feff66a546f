// Reads the `trigger` of a rule, and reports every error. The JSON Schema and the reference page are generated from the
// same table of keys.

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
      if (ms === 0) report(value.where, "duration", `${what} must be longer than 0`);
      return ms === undefined || ms === 0 ? undefined : ms * nsPerMs;
    },
  };
};

const instants = duration("since the connection opened");

const readSchedule = (value: Value, report: IssueReporter): Schedule | undefined => {
  const members = readMap(value, "schedule", ["every", "at"], report);
  if (members === undefined) return undefined;
  const [every, at] = [members.get("every"), members.get("at")];
  if ((every === undefined) === (at === undefined)) {
    report(
      value.where,
      "schedule",
      "schedule needs either every or at, like { every: 30s } or { at: [10s, 1m] }",
    );
    return undefined;
  }
  if (every !== undefined) {
    const ms = instants.read(every.value, "every", report);
    if (ms === 0) report(every.value.where, "duration", "every must be longer than 0");
    return ms === undefined || ms === 0 ? undefined : { kind: "every", period: ms * nsPerMs };
  }
  const times = itemsOf(at?.value ?? value).map((item) => instants.read(item, "at", report));
  if (times.length === 0) report(value.where, "schedule", `at contains no time, found ${show(value)}`);
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
  meaning: "not on a message: acts at regular intervals, or at these times after the connection opened",
  fallback: { value: undefined },
};

/** The keys of a file; `toxicity` is another word for `probability`. */
type TriggerKeys = Trigger & { readonly toxicity: number | undefined };

/** The keys of a `trigger`. */
export const triggerFields: SettingTable<TriggerKeys> = {
  after: count("none of the first n; the other keys count from there", fromZero),
  nth: count("only the n-th", fromOne),
  every: count("every n-th", fromOne),
  first: count("the first n", fromOne),
  probability: optional(number("those whose random number in [0, 1) is below this", chance)),
  toxicity: optional(number("another word for probability", chance)),
  times: count("at most n in total, of those that all other keys allow", fromOne),
  window: span("those within this time after the first match"),
  ttl: span("those within this time after the rule was armed"),
  idle: span(
    "not on a message: acts when nothing was received in either direction for this time, once in each such silence",
  ),
  schedule,
  per: word(
    "what is counted separately: each connection, each charge point over all its connections, each CALL with its answer; with `all`, everything is counted together",
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
    report(value.where, "toxicity", "toxicity is another word for probability; use one of them");
  if (trigger.idle !== undefined && trigger.schedule !== undefined)
    report(value.where, "schedule", "idle and schedule are two triggers; write two rules");
  return { ...trigger, probability: trigger.probability ?? toxicity };
}
