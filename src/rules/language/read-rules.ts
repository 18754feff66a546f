// The text of a rule file -> its rules, or all its errors in the order of their positions (docs/reference/rules.md). A file
// with one error has no rules at all: half of its rules would be another experiment.

import type { Direction } from "../../base/direction.js";
import type { Issue } from "../../base/issue.js";
import { nearest } from "../../text/nearest.js";
import { comparePositions, readYaml } from "../../yaml/source.js";
import {
  type IssueReporter,
  type Member,
  quote,
  readInteger,
  readMap,
  readText,
  show,
  type Value,
} from "../../yaml/value.js";
import type { FaultUse, Point } from "../contract/fault.js";
import { faults as allFaults, findFault } from "../faults/registry.js";
import { checkPoint } from "./check-point.js";
import { needsMessages } from "./condition-needs.js";
import { everyMatch, readTrigger } from "./read-trigger.js";
import { everyMessage, readWhen } from "./read-when.js";
import { isTimed, type Rule, type RuleSet, type When } from "./rule-set.js";

/** The rules of a file, or all its errors. */
export interface RulesReading {
  readonly ruleSet?: RuleSet;
  readonly issues: readonly Issue[];
}

/** Reads a rule file. The positions of issues are `line:column`. */
export function readRules(yamlText: string): RulesReading {
  const issues: Issue[] = [];
  const report: IssueReporter = (where, code, message) => issues.push({ code, message, by: "file", where });
  const root = readYaml(yamlText, report);
  const ruleSet = root === undefined ? undefined : readFile(root, yamlText, report);
  issues.sort((a, b) => comparePositions(a.where, b.where));
  return ruleSet === undefined || issues.length > 0 ? { issues } : { ruleSet, issues };
}

const readFile = (root: Value, source: string, report: IssueReporter): RuleSet | undefined => {
  const members = readMap(root, "the file", ["version", "seed", "rules"], report);
  if (members === undefined) return undefined;
  checkVersion(members.get("version"), root.where, report);
  const seed = members.get("seed");
  const list = members.get("rules");
  if (list === undefined) report(root.where, "missing-key", "the file needs rules, a list");
  return {
    seed: seed && readInteger(seed.value, "seed", { min: 0, max: Number.MAX_SAFE_INTEGER }, report),
    rules: list === undefined ? [] : readList(list.value, report),
    source,
  };
};

const checkVersion = (version: Member | undefined, where: string, report: IssueReporter): void => {
  if (version === undefined) {
    report(where, "missing-key", "the file needs version: 1");
    return;
  }
  const { value } = version;
  if (value.kind !== "scalar" || value.value !== 1)
    report(value.where, "version", `version cannot be ${show(value)}; valid: 1`);
};

const readList = (value: Value, report: IssueReporter): readonly Rule[] => {
  if (value.kind !== "list") {
    report(value.where, "not-a-list", `rules must be a list, found ${show(value)}`);
    return [];
  }
  const seen = new Map<string, string>();
  return value.items.map((item) => readRule(item, seen, report)).filter((rule) => rule !== undefined);
};

const readRule = (value: Value, seen: Map<string, string>, report: IssueReporter): Rule | undefined => {
  const members = readMap(value, "the rule", ["id", "when", "trigger", "then"], report);
  if (members === undefined) return undefined;
  const id = readId(members.get("id"), value.where, seen, report);
  const given = { when: members.get("when"), trigger: members.get("trigger"), then: members.get("then") };
  const when = given.when === undefined ? everyMessage : readWhen(given.when.value, report);
  const trigger = given.trigger === undefined ? everyMatch : readTrigger(given.trigger.value, report);
  const faults = readThen(given.then, value.where, report);
  if (when === undefined || trigger === undefined) return undefined;
  checkDirections(faults, when, given.when?.value.where ?? value.where, report);
  const timed = isTimed({ trigger });
  if (timed && needsMessages(when))
    report(
      given.when?.value.where ?? value.where,
      "timed-rule",
      "a rule with idle or schedule acts without a message, so when cannot contain direction, type, action or path",
    );
  const wanted = timed ? "connection" : needsMessages(when) ? "message" : undefined;
  const point = pointOf(faults, wanted, given.then?.value.where ?? value.where, report);
  checkPoint({ point, when, faults }, given.when?.value.where ?? value.where, report);
  return { id: id ?? "", point, when, trigger, faults };
};

/** Some faults work in one direction only. */
const checkDirections = (
  faults: readonly FaultUse[],
  when: When,
  where: string,
  report: IssueReporter,
): void => {
  for (const { fault } of faults) {
    const { name, onlyDirection: only } = fault;
    const other = only === undefined ? undefined : directionsOf(when).find((direction) => direction !== only);
    if (other !== undefined)
      report(where, "direction", `${name} works only in direction ${only}, and when contains ${other}`);
  }
};

/** The directions that a `when` requires. */
const directionsOf = ({ direction, all }: When): readonly Direction[] => [
  ...(direction === undefined ? [] : [direction]),
  ...(all ?? []).flatMap(directionsOf),
];

const pointNames: Readonly<Record<Point, string>> = {
  message: "messages",
  ping: "pings",
  pong: "pongs",
  connection: "connections",
  upgrade: "upgrades",
  tls: "TLS handshakes",
};

/** What the rule acts on: the first point of the first fault that all its faults share. */
const pointOf = (
  faults: readonly FaultUse[],
  wanted: Point | undefined,
  where: string,
  report: IssueReporter,
): Point => {
  const own = faults[0]?.fault.points ?? [];
  const shared = own.filter((point) => faults.every(({ fault }) => fault.points.includes(point)));
  const found = wanted !== undefined && shared.includes(wanted) ? wanted : shared[0];
  if (found === undefined && faults.length === 0) return "message";
  if (found === undefined) {
    const acts = faults.map(
      ({ fault: { name, points } }) =>
        `${name} acts on ${points.map((point) => pointNames[point]).join(" or ")}`,
    );
    const hint = "make several rules";
    report(where, "mixed-points", `these faults cannot be in one rule: ${acts.join(", ")}; ${hint}`);
    return "message";
  }
  if (wanted === "connection" && found !== "connection" && faults.length > 0)
    report(where, "timed-rule", `a rule with idle or schedule has no ${pointNames[found]} to act on`);
  return found;
};

const readId = (
  member: Member | undefined,
  where: string,
  seen: Map<string, string>,
  report: IssueReporter,
): string | undefined => {
  if (member === undefined) {
    report(where, "missing-key", "the rule must have an id");
    return undefined;
  }
  const id = readText(member.value, "id", report);
  if (id === undefined) return undefined;
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(id)) {
    report(
      member.value.where,
      "rule-id",
      `the id ${quote(id)} must be 1 to 64 letters, digits, dots, underscores or hyphens`,
    );
  }
  const earlier = seen.get(id);
  if (earlier === undefined) seen.set(id, member.value.where);
  else
    report(
      member.value.where,
      "duplicate-id",
      `the id ${quote(id)} is already used by the rule at ${earlier}`,
    );
  return id;
};

/** The end of an error message, instead of all names. */
const listCommand = "ocpp-vcr rules list shows all of them";

const suggestion = (word: string): string => {
  const near = nearest(
    word,
    allFaults.map(({ name }) => name),
  );
  return near === undefined ? "" : `; did you mean ${quote(near)}?`;
};

const readThen = (member: Member | undefined, where: string, report: IssueReporter): readonly FaultUse[] => {
  if (member === undefined) {
    report(where, "missing-key", `the rule needs then, a list of faults; ${listCommand}`);
    return [];
  }
  const { value } = member;
  if (value.kind !== "list" || value.items.length === 0) {
    const found = value.kind === "list" ? "an empty list" : show(value);
    report(value.where, "not-a-list", `then must be a list of faults, found ${found}; ${listCommand}`);
    return [];
  }
  let last: string | undefined;
  return value.items.flatMap((item) => {
    if (last !== undefined)
      report(item.where, "unreachable", `no fault can follow ${last}, because it is final`);
    const use = readUse(item, report);
    if (use === undefined) return [];
    last = use.fault.final ? use.fault.name : undefined;
    return [use];
  });
};

/** A fault name without a value means the same as with an empty map. */
const orNoSettings = (value: Value): Value =>
  value.kind === "scalar" && value.value === null ? { kind: "map", where: value.where, members: [] } : value;

const readUse = (item: Value, report: IssueReporter): FaultUse | undefined => {
  if (item.kind !== "map" || item.members.length !== 1) {
    const found = item.kind === "map" ? `${item.members.length} keys` : show(item);
    report(
      item.where,
      "not-a-fault",
      `a fault is a map with one key, like drop: {}; found ${found}; ${listCommand}`,
    );
    return undefined;
  }
  const [member] = item.members;
  if (member === undefined) return undefined;
  const fault = findFault(member.key);
  if (fault === undefined) {
    report(
      member.where,
      "unknown-fault",
      `unknown fault ${quote(member.key)}; ${listCommand}${suggestion(member.key)}`,
    );
    return undefined;
  }
  const settings = fault.read(orNoSettings(member.value), report);
  return settings === undefined ? undefined : { fault, settings };
};
