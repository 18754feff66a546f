// Reads a target file (targets/<name>.yaml, or any path) into the options of a command. Its keys are options; the command
// line and the environment override it, and it overrides the configuration file. All errors are reported at once, with
// line and column, before anything is dialled. Above 200 lines: every key needs its reading and its precedence, and both
// use the same table.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { allOthers, withMapped } from "../../app/replay/target-values.js";
import { errorText, VcrError } from "../../base/errors.js";
import { noValueMap, type ValueMap } from "../../replay/plan/values/value-map.js";
import { nearest } from "../../text/nearest.js";
import { printable } from "../../text/printable.js";
import { jsonOfYaml } from "../../yaml/json-text.js";
import { comparePositions, readYaml } from "../../yaml/source.js";
import {
  type IssueReporter,
  itemsOf,
  type Member,
  readBoolean,
  readMap,
  readText,
  type Value,
} from "../../yaml/value.js";
import { type CredentialPlace, credentialPlace, setValue } from "./target-options.js";

const folder = "targets";

/** The keys of a target file, each with the option whose value it gives. */
const optionOfKey: Readonly<Record<string, string>> = {
  csms: "csms",
  connect: "csms-connect",
  "csms-connect": "csms-connect",
  "csms-ca": "csms-ca",
  "csms-insecure": "csms-insecure",
  "csms-cert": "csms-cert",
  "csms-key": "csms-key",
  "csms-cert-dir": "csms-cert-dir",
  "csms-mint": "csms-mint",
  "csms-mint-ca": "csms-mint-ca",
  identities: "map-identity",
  "id-tags": "map-id-tag",
  "password-file": "password-file",
  "password-env": "password-env",
  "csms-basic": "csms-basic",
  credentials: "credential",
  set: "set",
  "max-rate": "max-rate",
  production: "production",
  meter: "meter",
  time: "time",
};

/** Groups of options for one setting: if the command line gives one of a group, the file's others are left out. */
const families: readonly (readonly string[])[] = [
  ["csms-cert", "csms-key", "csms-cert-dir", "csms-mint", "csms-mint-ca"],
  ["password-file", "password-env", "csms-basic", "credential"],
];

const longName = (option: Option): string => option.long?.replace(/^--/, "") ?? "";

const pathOf = (word: string): string => {
  const path = /[/\\]|\.ya?ml$/i.test(word) ? word : join(folder, `${word}.yaml`);
  if (existsSync(path)) return path;
  const names = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => (file.endsWith(".yaml") ? [file.slice(0, -5)] : []))
    : [];
  const meant = nearest(word, names);
  throw new VcrError(
    "TARGET_INVALID",
    `there is no target ${printable(word, 200)}: ${printable(path, 200)} does not exist`,
    meant === undefined ? "See docs/reference/targets.md." : `Did you mean ${meant}?`,
  );
};

const readFile = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = errorText(error);
    throw new VcrError("TARGET_INVALID", `the target ${path} cannot be read: ${why}`, "", error);
  }
};

/** Calls a reader of option values; reports its error. */
const attempt = <Read>(where: string, report: IssueReporter, read: () => Read): Read | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    report(where, "value", error.message);
    return undefined;
  }
};

const readValueMap = (value: Value, key: string, report: IssueReporter): ValueMap => {
  if (value.kind !== "map") {
    report(value.where, "not-a-map", `${key} must be a map: each recorded value with its replacement`);
    return noValueMap;
  }
  let map = noValueMap;
  for (const member of value.members) {
    const what = `${key}: ${member.key}`;
    if (member.key !== allOthers && member.value.kind === "list")
      report(member.value.where, "not-a-text", `${what} must be one text; only "${allOthers}" takes a list`);
    else {
      const here = itemsOf(member.value).map((item) => readText(item, what, report));
      map = withMapped(
        map,
        member.key,
        here.filter((word) => word !== undefined),
      );
    }
  }
  return map;
};

const readSet = (value: Value, report: IssueReporter): readonly unknown[] => {
  if (value.kind !== "map") {
    report(value.where, "not-a-map", "set must be a map: an action, a pointer below it, and its value");
    return [];
  }
  return value.members.flatMap(({ key: action, value: places }) => {
    if (places.kind !== "map") {
      report(places.where, "not-a-map", `set: ${action} must be a map: a JSON pointer and its value`);
      return [];
    }
    return places.members.map((place) =>
      attempt(place.where, report, () => setValue(action, place.key, jsonOfYaml(place.value, report))),
    );
  });
};

const readCredentials = (value: Value, report: IssueReporter): readonly (CredentialPlace | undefined)[] => {
  if (value.kind !== "map") {
    report(value.where, "not-a-map", "credentials must be a map: an identity, and file:PATH or env:NAME");
    return [];
  }
  return value.members.map(({ key, value: place }) => {
    const word = readText(place, `credentials: ${key}`, report);
    return word === undefined ? undefined : attempt(place.where, report, () => credentialPlace(key, word));
  });
};

const readWords = ({ key, value }: Member, option: Option, report: IssueReporter): unknown => {
  const isList = longName(option) === "csms-ca";
  let read: unknown;
  if (value.kind === "list" && !isList) {
    report(value.where, "not-a-text", `${key} must be one value, found a list`);
    return undefined;
  }
  for (const item of itemsOf(value)) {
    const word = readText(item, key, report);
    if (word === undefined) continue;
    if (option.argChoices !== undefined && !option.argChoices.includes(word))
      report(
        item.where,
        "unknown-name",
        `${key} cannot be "${word}"; valid: ${option.argChoices.join(", ")}`,
      );
    const { parseArg } = option;
    const before = read;
    read = parseArg === undefined ? word : attempt(item.where, report, () => parseArg(word, before as never));
  }
  return read;
};

const readOption = (member: Member, option: Option, report: IssueReporter): unknown => {
  const { key, value } = member;
  if (key === "identities" || key === "id-tags") return readValueMap(value, key, report);
  if (key === "set") return readSet(value, report);
  if (key === "credentials") return readCredentials(value, report);
  return option.isBoolean() ? readBoolean(value, key, report) : readWords(member, option, report);
};

/** Merges two maps of replacements; the entries of the winner override those of the loser. */
const merged = (winner: unknown, loser: unknown): unknown => {
  const [mine, other] = [winner as ValueMap, loser as ValueMap];
  return {
    named: new Map([...other.named, ...mine.named]),
    others: mine.others.length > 0 ? mine.others : other.others,
  };
};

const give = (command: Command, option: Option, value: unknown, closed: ReadonlySet<string>): void => {
  const name = option.attributeName();
  const source = command.getOptionValueSource(name);
  const isGiven = source === "cli" || source === "env";
  const isMap = ["map-identity", "map-id-tag"].includes(longName(option));
  const before: unknown = command.getOptionValue(name);
  if (isGiven && isMap) command.setOptionValueWithSource(name, merged(before, value), source);
  else if (isGiven && longName(option) === "set")
    command.setOptionValueWithSource(name, [...(value as unknown[]), ...(before as unknown[])], source);
  else if (!isGiven && !closed.has(longName(option))) command.setOptionValueWithSource(name, value, "target");
};

/** The options that the file cannot set, because the command line gives an option of the same family. */
const closedBy = (command: Command): ReadonlySet<string> => {
  const isGiven = (long: string): boolean => {
    const option = command.options.find((one) => longName(one) === long);
    const source = option && command.getOptionValueSource(option.attributeName());
    return source === "cli" || source === "env";
  };
  const closed = new Set(families.filter((family) => family.some(isGiven)).flat());
  // The file's csms-connect belongs to the file's csms.
  if (isGiven("csms")) closed.add("csms-connect");
  return closed;
};

interface TargetValue {
  readonly option: Option;
  readonly value: unknown;
}

/** The values of these options in the file. Throws VcrError TARGET_INVALID with all errors. */
const readTarget = (path: string, options: ReadonlyMap<string, Option>): readonly TargetValue[] => {
  const wrong: { readonly where: string; readonly message: string }[] = [];
  const report: IssueReporter = (where, code, message) =>
    void wrong.push({
      where,
      message: code === "empty-file" ? "the file is empty; it must have csms" : message,
    });
  const keys = Object.keys(optionOfKey).filter((key) => options.has(optionOfKey[key] ?? ""));
  const root = readYaml(readFile(path), report);
  const members = root === undefined ? undefined : readMap(root, "the target", keys, report);
  const values = [...(members?.values() ?? [])].flatMap((member) => {
    const option = options.get(optionOfKey[member.key] ?? "");
    return option === undefined ? [] : [{ option, value: readOption(member, option, report) }];
  });
  if (wrong.length === 0) return values;
  const lines = wrong
    .sort((a, b) => comparePositions(a.where, b.where))
    .map(({ where, message }) => `  ${path}:${where}: ${message}`);
  throw new VcrError(
    "TARGET_INVALID",
    `${wrong.length} error${wrong.length === 1 ? "" : "s"} in the target ${path}:\n${lines.join("\n")}`,
    "See docs/reference/targets.md.",
  );
};

/** Sets the options of a command from its target file, unless the command line gives them. Throws VcrError TARGET_INVALID. */
export function fillTarget(command: Command): void {
  const { target, csms } = command.opts<{ target?: string; csms?: unknown }>();
  if (target === undefined) return;
  const path = pathOf(target);
  const values = readTarget(path, new Map(command.options.map((option) => [longName(option), option])));
  const names = new Set(values.map(({ option }) => longName(option)));
  if (csms === undefined && !names.has("csms"))
    throw new VcrError(
      "TARGET_INVALID",
      `neither the target ${path} nor the command line names the CSMS`,
      "Write csms: ws://host:port/base, or csms: embedded.",
    );
  const closed = closedBy(command);
  for (const { option, value } of values) give(command, option, value, closed);
  // csms-connect of the configuration file belongs to another CSMS.
  const isElsewhere = command.getOptionValueSource("csmsConnect") === "config";
  if (isElsewhere && names.has("csms")) command.setOptionValueWithSource("csmsConnect", undefined, "target");
}
