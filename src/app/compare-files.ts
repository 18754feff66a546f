// The two files about comparisons: differences to ignore (--ignore), and known failures (--expect). All errors of a file
// are reported at once, with their places, as for rule files.

import { type IgnoreRule, type Ignores, ignoresOf } from "../analyse/compare/ignore-rules.js";
import { type Direction, readDirection } from "../base/direction.js";
import { errorText, VcrError } from "../base/errors.js";
import { readWholeFile } from "../io/cassette/cassette-file.js";
import { messageTypes } from "../ocpp/envelope/message-type.js";
import { readPointer } from "../ocpp/json/pointer.js";
import type { ExpectedFailure, ExpectedResult } from "../replay/verdict/judgement.js";
import { printable } from "../text/printable.js";
import { comparePositions, readYaml } from "../yaml/source.js";
import {
  type IssueReporter,
  type Member,
  quote,
  readMap,
  readText,
  readWord,
  show,
  type Value,
} from "../yaml/value.js";

/** A known failure, and the cassettes in which it is expected. */
export interface CassetteFailure extends ExpectedFailure {
  /** A glob over paths and file names of cassettes; every cassette unless given. */
  readonly cassette?: string;
}

interface Problem {
  readonly where: string;
  readonly message: string;
}

const fileText = async (path: string): Promise<string> => {
  try {
    return new TextDecoder().decode(await readWholeFile(path));
  } catch (error) {
    const why = errorText(error);
    throw new VcrError("RULES_INVALID", why, "Check the path.", error);
  }
};

/** Reads a file that is a list; throws RULES_INVALID with all its errors. */
const readList = async <T>(
  path: string,
  readItem: (value: Value, report: IssueReporter) => T | undefined,
): Promise<readonly T[]> => {
  const problems: Problem[] = [];
  const report: IssueReporter = (where, code, message) => {
    // An empty file is an empty list.
    if (code !== "empty-file") problems.push({ where, message });
  };
  const root = readYaml(await fileText(path), report);
  if (root !== undefined && root.kind !== "list")
    report(root.where, "not-a-list", `the file must be a list, found ${show(root)}`);
  const items = root?.kind === "list" ? root.items : [];
  const read = items.map((item) => readItem(item, report)).filter((item) => item !== undefined);
  if (problems.length === 0) return read;
  const lines = problems
    .sort((a, b) => comparePositions(a.where, b.where))
    .map(({ where, message }) => `\n  ${printable(`${path}:${where}: ${message}`)}`);
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  throw new VcrError(
    "RULES_INVALID",
    `${count} in ${printable(path)}:${lines.join("")}`,
    "See docs/reference/reports.md.",
  );
};

type Members = ReadonlyMap<string, Member>;

const text = (members: Members, name: string, report: IssueReporter): string | undefined => {
  const member = members.get(name);
  return member === undefined ? undefined : readText(member.value, name, report);
};

const requiredText = (
  members: Members,
  name: string,
  whole: Value,
  report: IssueReporter,
): string | undefined => {
  if (!members.has(name)) report(whole.where, "missing-key", `the entry must have ${name}`);
  return text(members, name, report);
};

const pointerOf = (members: Members, report: IssueReporter): string | undefined => {
  const member = members.get("pointer");
  if (member === undefined) return undefined;
  const { value } = member;
  const pointer = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  if (pointer !== undefined && readPointer(pointer) !== undefined) return pointer;
  report(
    value.where,
    "pointer",
    `pointer must begin with a slash, like /idTagInfo/expiryDate or /**/status, found ${show(value)}`,
  );
  return undefined;
};

const directionOf = (members: Members, report: IssueReporter): Direction | undefined => {
  const member = members.get("direction");
  if (member === undefined) return undefined;
  const word = readText(member.value, "direction", report);
  const direction = word === undefined ? undefined : readDirection(word);
  if (word !== undefined && direction === undefined)
    report(
      member.value.where,
      "unknown-name",
      `direction cannot be ${quote(word)}; valid: cp-to-csms, csms-to-cp`,
    );
  return direction;
};

/** The members that have a value; the others are removed. */
const present = <T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

const ignoreRule = (value: Value, report: IssueReporter): IgnoreRule | undefined => {
  const members = readMap(value, "the entry", ["action", "type", "direction", "pointer", "why"], report);
  if (members === undefined) return undefined;
  if (!members.has("pointer")) report(value.where, "missing-key", "the entry must have pointer");
  const type = members.get("type");
  const pointer = pointerOf(members, report);
  const rule = {
    action: text(members, "action", report),
    type: type === undefined ? undefined : readWord(type.value, "type", messageTypes, report),
    direction: directionOf(members, report),
    why: text(members, "why", report),
  };
  return pointer === undefined ? undefined : { ...present(rule), pointer };
};

const expectedResults: readonly ExpectedResult[] = ["different", "slower", "missing", "unexpected"];

const failure = (value: Value, report: IssueReporter): CassetteFailure | undefined => {
  const members = readMap(value, "the entry", ["cassette", "action", "pointer", "result", "why"], report);
  if (members === undefined) return undefined;
  const result = members.get("result");
  if (result === undefined)
    report(value.where, "missing-key", `the entry must have result; valid: ${expectedResults.join(", ")}`);
  const action = requiredText(members, "action", value, report);
  const why = requiredText(members, "why", value, report);
  const read = result && readWord(result.value, "result", expectedResults, report);
  const optional = { cassette: text(members, "cassette", report), pointer: pointerOf(members, report) };
  const pointer = members.get("pointer");
  if (pointer !== undefined && (read === "missing" || read === "unexpected"))
    report(
      pointer.where,
      "pointer",
      `a message that is ${read} has no payload to point into; remove pointer`,
    );
  if (action === undefined || why === undefined || read === undefined) return undefined;
  return { ...present(optional), action, why, result: read };
};

/** Reads a file of differences to ignore. Throws VcrError RULES_INVALID with all errors. */
function readIgnoreFile(path: string): Promise<readonly IgnoreRule[]> {
  return readList(path, ignoreRule);
}

/** Reads a file of known failures. Throws VcrError RULES_INVALID with all errors. */
export function readExpectFile(path: string): Promise<readonly CassetteFailure[]> {
  return readList(path, failure);
}

/** The differences that ignore rules, and files of them, leave out of a comparison. Throws VcrError RULES_INVALID. */
export async function readIgnores(rules: readonly (string | IgnoreRule)[]): Promise<Ignores> {
  const all: IgnoreRule[] = [];
  for (const rule of rules) all.push(...(typeof rule === "string" ? await readIgnoreFile(rule) : [rule]));
  return ignoresOf(all);
}
