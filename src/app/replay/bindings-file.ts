// The file of --bindings: values that a CSMS chooses and that OCPP does not define. Each has the places in the CSMS's
// messages where it is learned, and the places in the charger's messages where it is used. All errors are reported at
// once, with line and column, as for rules.

import type { Issue } from "../../base/issue.js";
import { actionsOf } from "../../ocpp/catalogue.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { ocppVersions } from "../../ocpp/version.js";
import { type Binding, type BindingPlace, builtInBindings } from "../../replay/plan/values/bindings.js";
import { comparePositions, readYaml } from "../../yaml/source.js";
import {
  type IssueReporter,
  type Member,
  quote,
  readMap,
  readText,
  readWord,
  show,
  type Value,
  validNames,
} from "../../yaml/value.js";

/** A file of bindings that was read: its bindings, or all its errors. */
export interface BindingsReading {
  readonly bindings: readonly Binding[];
  readonly issues: readonly Issue[];
}

const knownActions: readonly string[] = [...new Set(ocppVersions.flatMap((version) => actionsOf(version)))];

const ownNames: ReadonlySet<string> = new Set(
  ocppVersions.flatMap((version) => builtInBindings(version).map(({ name }) => name)),
);

/** Reads a file of bindings; the places of issues are `line:column`. */
export function readBindings(yamlText: string): BindingsReading {
  const issues: Issue[] = [];
  const report: IssueReporter = (where, code, message) => issues.push({ code, message, by: "file", where });
  if (yamlText.trim() === "") report("1:1", "empty-file", "the file is empty; it must be a list of bindings");
  const root = issues.length > 0 ? undefined : readYaml(yamlText, report);
  const bindings = root === undefined ? [] : readList(root, report);
  issues.sort((a, b) => comparePositions(a.where, b.where));
  return issues.length > 0 ? { bindings: [], issues } : { bindings, issues };
}

const readList = (root: Value, report: IssueReporter): readonly Binding[] => {
  if (root.kind !== "list") {
    report(root.where, "not-a-list", `the file must be a list of bindings, found ${show(root)}`);
    return [];
  }
  const seen = new Map<string, string>();
  return root.items.map((item) => readBinding(item, seen, report)).filter((one) => one !== undefined);
};

const readBinding = (value: Value, seen: Map<string, string>, report: IssueReporter): Binding | undefined => {
  const members = readMap(value, "the binding", ["name", "learn", "use"], report);
  if (members === undefined) return undefined;
  const name = readName(members.get("name"), value.where, seen, report);
  const learn = readPlaces(members.get("learn"), value.where, "learn", report);
  const use = readPlaces(members.get("use"), value.where, "use", report);
  return name === undefined ? undefined : { name, learn, use };
};

const readName = (
  member: Member | undefined,
  where: string,
  seen: Map<string, string>,
  report: IssueReporter,
): string | undefined => {
  const name = member === undefined ? undefined : readText(member.value, "name", report);
  if (member === undefined) report(where, "missing-key", "the binding must have name");
  if (name === undefined || member === undefined) return undefined;
  const first = seen.get(name);
  if (first !== undefined)
    report(member.where, "duplicate-name", `the name ${quote(name)} is used at ${first} already`);
  if (ownNames.has(name))
    report(
      member.where,
      "built-in-name",
      `the name ${quote(name)} belongs to a built-in binding; choose another name`,
    );
  seen.set(name, member.where);
  return name;
};

const readPlaces = (
  member: Member | undefined,
  where: string,
  what: "learn" | "use",
  report: IssueReporter,
): readonly BindingPlace[] => {
  if (member === undefined) {
    report(where, "missing-key", `the binding must have ${what}`);
    return [];
  }
  const items = member.value.kind === "list" ? member.value.items : [member.value];
  if (items.length === 0) report(member.where, "empty-list", `${what} must name at least one place`);
  return items.map((item) => readPlace(item, what, report)).filter((one) => one !== undefined);
};

const readPlace = (value: Value, what: "learn" | "use", report: IssueReporter): BindingPlace | undefined => {
  const names = ["action", "type", "pointer", ...(what === "learn" ? ["direction"] : [])];
  const members = readMap(value, what, names, report);
  if (members === undefined) return undefined;
  const direction = members.get("direction")?.value;
  // Values are learned only from the CSMS: the replay itself makes what the charger sends.
  if (direction !== undefined) readWord(direction, "direction", ["csms-to-cp"], report);
  const action = readAction(members.get("action"), value.where, what, report);
  const type = members.get("type")?.value;
  const word = type === undefined ? "CALL" : readWord(type, "type", ["CALL", "CALLRESULT"], report);
  const pointer = readPlacePointer(members.get("pointer"), value.where, what, report);
  if (action === undefined || word === undefined || pointer === undefined) return undefined;
  return { action, type: word, pointer };
};

const readAction = (
  member: Member | undefined,
  where: string,
  what: string,
  report: IssueReporter,
): string | undefined => {
  if (member === undefined) report(where, "missing-key", `${what} must have action`);
  const action = member === undefined ? undefined : readText(member.value, "action", report);
  if (action !== undefined && member !== undefined && !knownActions.includes(action)) {
    // Vendors have actions of their own: an unknown action is an error only if it looks like a misspelled one.
    const hint = validNames(action, knownActions).split("; ")[1];
    if (hint !== undefined)
      report(member.where, "unknown-name", `there is no action ${quote(action)}; ${hint}`);
  }
  return action;
};

const readPlacePointer = (
  member: Member | undefined,
  where: string,
  what: string,
  report: IssueReporter,
): string | undefined => {
  if (member === undefined) {
    report(where, "missing-key", `${what} must have pointer, a JSON pointer into the payload`);
    return undefined;
  }
  const pointer = readText(member.value, "pointer", report);
  const steps = pointer === undefined ? undefined : readPointer(pointer);
  if (pointer !== undefined && (steps === undefined || steps.length === 0)) {
    const example = 'write "/data", "/a/0/b", or "/a/*/b" for any element';
    report(member.value.where, "pointer", `${quote(pointer)} is not a pointer into a payload; ${example}`);
    return undefined;
  }
  return pointer;
};
