// Reads the `when` of a rule into conditions, and reports every error. Matching is in rules/matching.

import { type Direction, readDirection } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import { type MessageType, messageTypes } from "../../ocpp/envelope/message-type.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { type OcppVersion, ocppVersions } from "../../ocpp/version.js";
import { duration } from "../../yaml/settings.js";
import {
  type IssueReporter,
  itemsOf,
  type Member,
  quote,
  readBoolean,
  readInteger,
  readMap,
  readText,
  readWord,
  show,
  type Value,
  validNames,
} from "../../yaml/value.js";
import { patternOf, readTests } from "./read-path-tests.js";
import type {
  AgeRange,
  ClockRange,
  IdentityPattern,
  PathCondition,
  PathTest,
  StateCondition,
  When,
} from "./rule-set.js";
import { instantOf } from "./value-tests.js";

/** The `when` of a rule that has none: every message. */
export const everyMessage: When = {
  identities: undefined,
  direction: undefined,
  versions: undefined,
  types: undefined,
  actions: undefined,
  connection: undefined,
  paths: [],
  state: undefined,
  window: undefined,
  clock: undefined,
  all: undefined,
  any: undefined,
  not: undefined,
};

/** The keys of a `when`. */
export const whenKeys: readonly string[] = [
  "identity",
  "direction",
  "version",
  "type",
  "action",
  "connection",
  "path",
  "state",
  "window",
  "clock",
  "all",
  "any",
  "not",
];

/** Reads a `when`. */
export function readWhen(value: Value, report: IssueReporter): When | undefined {
  const members = readMap(value, "when", whenKeys, report);
  if (members === undefined) return undefined;
  const values = (key: string): Value | undefined => members.get(key)?.value;
  const given = <Read>(key: string, read: (value: Value) => Read | undefined): Read | undefined => {
    const value = values(key);
    return value === undefined ? undefined : read(value);
  };
  return {
    identities: each(values("identity"), "identity", (item) => readIdentity(item, report), report),
    direction: readDirectionValue(values("direction"), report),
    versions: each(values("version"), "version", (item) => readVersion(item, report), report),
    types: each(values("type"), "type", (item) => readWord(item, "type", typeNames, report), report),
    actions: each(values("action"), "action", (item) => readText(item, "action", report), report),
    connection: given("connection", (item) => readConnection(item, report)),
    paths: readPaths(values("path"), report),
    state: given("state", (item) => readState(item, report)),
    window: given("window", (item) => readWindow(item, report)),
    clock: given("clock", (item) => readClock(item, report)),
    all: each(values("all"), "all", (item) => readWhen(item, report), report),
    any: each(values("any"), "any", (item) => readWhen(item, report), report),
    not: given("not", (item) => readWhen(item, report)),
  };
}

/** The values of `type` in a `when`. */
export const typeNames: readonly (MessageType | "unreadable")[] = [...messageTypes, "unreadable"];

const each = <Item>(
  value: Value | undefined,
  what: string,
  read: (item: Value) => Item | undefined,
  report: IssueReporter,
): readonly Item[] | undefined => {
  if (value === undefined) return undefined;
  const items = itemsOf(value);
  if (items.length === 0)
    report(value.where, "empty-list", `the list of ${what} is empty, so nothing would match`);
  return items.map(read).filter((item) => item !== undefined);
};

const readIdentity = (value: Value, report: IssueReporter): IdentityPattern | undefined => {
  if (value.kind !== "map") {
    const identity = readText(value, "identity", report);
    return identity === undefined ? undefined : { kind: "exact", identity };
  }
  const members = readMap(value, "identity", ["like", "matches"], report);
  const [like, matches] = [members?.get("like"), members?.get("matches")];
  if ((like === undefined) === (matches === undefined)) {
    report(value.where, "missing-key", "an identity is a text, or a map with either like or matches");
    return undefined;
  }
  if (like !== undefined) {
    const glob = readText(like.value, "like", report);
    return glob === undefined ? undefined : { kind: "like", glob };
  }
  if (matches === undefined) return undefined;
  const source = readText(matches.value, "matches", report);
  const pattern = source === undefined ? undefined : patternOf(source, matches.value.where, report);
  return pattern === undefined ? undefined : { kind: "matches", pattern };
};

const readVersion = (value: Value, report: IssueReporter): OcppVersion | undefined => {
  const word = value.kind === "scalar" ? value.source || String(value.value) : "";
  const version = ocppVersions.find((one) => one === word);
  if (version === undefined)
    report(
      value.where,
      "unknown-name",
      `version cannot be ${show(value)}; ${validNames(word, ocppVersions)}`,
    );
  return version;
};

/** A number, a list of them, or a map of tests. */
const readConnection = (value: Value, report: IssueReporter): readonly PathTest[] => {
  if (value.kind === "map") return readTests("connection", value, report);
  const bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };
  const values = itemsOf(value).flatMap((item) => readInteger(item, "connection", bounds, report) ?? []);
  if (itemsOf(value).length === 0)
    report(value.where, "empty-list", "the list of connection is empty, so nothing would match");
  return [{ kind: "in", values }];
};

const readState = (value: Value, report: IssueReporter): StateCondition | undefined => {
  const members = readMap(value, "state", ["inTransaction", "booted", "connector", "status"], report);
  if (members === undefined) return undefined;
  if (members.size === 0 || (members.size === 1 && members.has("connector")))
    report(value.where, "missing-key", "state needs inTransaction, booted or status");
  const truth = (key: string): boolean | undefined => {
    const member = members.get(key);
    return member === undefined ? undefined : readBoolean(member.value, key, report);
  };
  const connector = members.get("connector");
  const status = members.get("status");
  const bounds = { min: 0, max: 65_535 };
  return {
    inTransaction: truth("inTransaction"),
    booted: truth("booted"),
    connector: connector && readInteger(connector.value, "connector", bounds, report),
    statuses: each(status?.value, "status", (item) => readText(item, "status", report), report),
  };
};

const msField = duration("");

const readWindow = (value: Value, report: IssueReporter): AgeRange | undefined => {
  const members = readMap(value, "window", ["from", "to"], report);
  if (members === undefined) return undefined;
  if (members.size === 0)
    report(value.where, "missing-key", "window needs from, to or both, like { to: 30s }");
  const end = (key: string): number | undefined => {
    const member = members.get(key);
    const ms = member === undefined ? undefined : msField.read(member.value, key, report);
    return ms === undefined ? undefined : ms * nsPerMs;
  };
  const range = { from: end("from") ?? 0, to: end("to") ?? Number.POSITIVE_INFINITY };
  if (range.to <= range.from)
    report(value.where, "window", "window ends before it begins, so nothing would match");
  return range;
};

const readClock = (value: Value, report: IssueReporter): ClockRange | undefined => {
  const members = readMap(value, "clock", ["from", "to"], report);
  if (members === undefined) return undefined;
  const [from, to] = ["from", "to"].map((key) => {
    const member = members.get(key);
    if (member === undefined) report(value.where, "missing-key", `clock needs ${key}`);
    return member === undefined ? undefined : readText(member.value, key, report);
  });
  if (from === undefined || to === undefined) return undefined;
  const source = `${from} to ${to}`;
  const days = [dayTime(from), dayTime(to)];
  if (days[0] !== undefined && days[1] !== undefined)
    return { daily: true, from: days[0], to: days[1], source };
  const [first, last] = [instantOf(from), instantOf(to)];
  if (first !== undefined && last !== undefined) return { daily: false, from: first, to: last, source };
  report(
    value.where,
    "clock",
    `clock needs two times of day in UTC, like "22:00" and "06:00", or two dates with a time; found ${quote(source)}`,
  );
  return undefined;
};

const dayTime = (text: string): number | undefined => {
  const [, hours, minutes] = /^([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(text) ?? [];
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000;
};

const directionNames: readonly Direction[] = ["cp-to-csms", "csms-to-cp"];

const readDirectionValue = (value: Value | undefined, report: IssueReporter): Direction | undefined => {
  if (value === undefined) return undefined;
  const word = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  const direction = word === undefined ? undefined : readDirection(word);
  if (direction === undefined) {
    report(
      value.where,
      "unknown-name",
      `direction cannot be ${show(value)}; ${validNames(word ?? "", directionNames)}`,
    );
  }
  return direction;
};

const readPaths = (value: Value | undefined, report: IssueReporter): readonly PathCondition[] => {
  if (value === undefined) return [];
  if (value.kind !== "map") {
    report(
      value.where,
      "not-a-map",
      `path must be a map from JSON pointers to conditions, found ${show(value)}`,
    );
    return [];
  }
  return value.members
    .map((member) => readPath(member, report))
    .filter((condition) => condition !== undefined);
};

const readPath = (member: Member, report: IssueReporter): PathCondition | undefined => {
  const steps = readPointer(member.key);
  if (steps === undefined) {
    report(
      member.where,
      "pointer",
      `${quote(member.key)} is not a JSON pointer; a pointer begins with a slash, like /connectorId`,
    );
  }
  const tests = readTests(quote(member.key), member.value, report);
  return steps === undefined ? undefined : { pointer: member.key, steps, tests };
};
