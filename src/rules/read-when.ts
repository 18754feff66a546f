// The `when` of a rule: from the file's values to conditions, every error reported. Knows neither YAML nor
// how a condition is applied.

import { type Direction, readDirection } from "../base/direction.js";
import { readPointer } from "../ocpp/json-pointer.js";
import { type MessageType, messageTypes } from "../ocpp/message-type.js";
import { readPattern } from "./pattern.js";
import type { IdentityPattern, PathCondition, PathTest, When } from "./rule-set.js";
import {
  itemsOf,
  type Member,
  quote,
  type Report,
  readBoolean,
  readMap,
  readNumber,
  readText,
  readWord,
  show,
  type Value,
  validNames,
} from "./value.js";

/** The `when` of a rule that has none: every message. */
export const everyMessage: When = {
  identities: undefined,
  direction: undefined,
  types: undefined,
  actions: undefined,
  paths: [],
};

/** Reads a `when`. */
export function readWhen(value: Value, report: Report): When | undefined {
  const members = readMap(value, "when", ["identity", "direction", "type", "action", "path"], report);
  if (members === undefined) return undefined;
  const values = (key: string): Value | undefined => members.get(key)?.value;
  return {
    identities: each(values("identity"), "identity", (item) => readIdentity(item, report), report),
    direction: readDirectionValue(values("direction"), report),
    types: each(values("type"), "type", (item) => readWord(item, "type", typeNames, report), report),
    actions: each(values("action"), "action", (item) => readText(item, "action", report), report),
    paths: readPaths(values("path"), report),
  };
}

const typeNames: readonly (MessageType | "unreadable")[] = [...messageTypes, "unreadable"];

const each = <Item>(
  value: Value | undefined,
  what: string,
  read: (item: Value) => Item | undefined,
  report: Report,
): readonly Item[] | undefined => {
  if (value === undefined) return undefined;
  const items = itemsOf(value);
  if (items.length === 0)
    report(value.where, "empty-list", `the list of ${what} is empty, so nothing would match`);
  return items.map(read).filter((item) => item !== undefined);
};

const readIdentity = (value: Value, report: Report): IdentityPattern | undefined => {
  if (value.kind !== "map") {
    const identity = readText(value, "identity", report);
    return identity === undefined ? undefined : { kind: "exact", identity };
  }
  const like = readMap(value, "identity", ["like"], report)?.get("like");
  if (like === undefined) {
    report(value.where, "missing-key", "an identity is a text, or a map with the key like");
    return undefined;
  }
  const glob = readText(like.value, "like", report);
  return glob === undefined ? undefined : { kind: "like", glob };
};

const directionNames: readonly Direction[] = ["cp-to-csms", "csms-to-cp"];

const readDirectionValue = (value: Value | undefined, report: Report): Direction | undefined => {
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

const readPaths = (value: Value | undefined, report: Report): readonly PathCondition[] => {
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

const readPath = (member: Member, report: Report): PathCondition | undefined => {
  const steps = readPointer(member.key);
  if (steps === undefined) {
    report(
      member.where,
      "pointer",
      `${quote(member.key)} is no JSON pointer; it begins with a slash, like /connectorId`,
    );
  }
  const tests = readTests(member, report);
  return steps === undefined ? undefined : { pointer: member.key, steps, tests };
};

const testNames = ["equals", "matches", "exists", "gt", "gte", "lt", "lte"] as const;

const readTests = ({ key, value }: Member, report: Report): readonly PathTest[] => {
  if (value.kind === "scalar" && value.source !== "") return [{ kind: "equals", value: value.value }];
  const members = readMap(value, `the condition of ${quote(key)}`, testNames, report);
  if (members === undefined) return [];
  if (members.size === 0 && value.kind === "map" && value.members.length === 0) {
    report(
      value.where,
      "missing-key",
      `the condition of ${quote(key)} asks nothing; valid: ${testNames.join(", ")}`,
    );
  }
  return testNames
    .map((name) => {
      const said = members.get(name);
      return said === undefined ? undefined : readTest(name, said.value, report);
    })
    .filter((test) => test !== undefined);
};

const anyNumber = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

const readTest = (name: PathTest["kind"], value: Value, report: Report): PathTest | undefined => {
  switch (name) {
    case "equals":
      if (value.kind === "scalar") return { kind: name, value: value.value };
      report(
        value.where,
        "not-a-scalar",
        `equals must be a text, number, true, false or null, found ${show(value)}`,
      );
      return undefined;
    case "matches":
      return readMatches(value, report);
    case "exists": {
      const exists = readBoolean(value, name, report);
      return exists === undefined ? undefined : { kind: name, value: exists };
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte": {
      const bound = readNumber(value, name, anyNumber, report);
      return bound === undefined ? undefined : { kind: name, value: bound };
    }
  }
};

const readMatches = (value: Value, report: Report): PathTest | undefined => {
  const source = readText(value, "matches", report);
  if (source === undefined) return undefined;
  const reading = readPattern(source);
  if (reading.kind === "pattern") return { kind: "matches", pattern: reading.pattern };
  report(
    value.where,
    "pattern",
    `the pattern ${quote(source)} cannot be read at character ${reading.at + 1}: ${reading.message}`,
  );
  return undefined;
};
