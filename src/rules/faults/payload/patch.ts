// patch: applies a JSON Patch (RFC 6902) to the payload. If one operation fails, the payload is not changed. Values keep the
// characters of the rule file or of the message.

import { itemInsertion, memberAddition, removals, replacement } from "../../../ocpp/json/edits.js";
import { type Edit, splice } from "../../../ocpp/json/spans.js";
import { type JsonNode, readJson } from "../../../ocpp/json/tree.js";
import type { Setting } from "../../../yaml/settings.js";
import { type IssueReporter, readMap, readWord, show, type Value } from "../../../yaml/value.js";
import { type PayloadPath, readJsonText, readPayloadPath } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesAt } from "../edit/edit-payload.js";

const names = ["add", "remove", "replace", "move", "copy", "test"] as const;

/** One operation of RFC 6902 section 4. */
export interface Operation {
  readonly op: (typeof names)[number];
  readonly path: PayloadPath;
  /** For move and copy. */
  readonly from: PayloadPath | undefined;
  /** For add, replace and test: JSON text. */
  readonly value: string | undefined;
}

const mostOperations = 100;

const operations: Setting<readonly Operation[]> = {
  read: (value, what, report) => readOperations(value, what, report),
  schema: {
    type: "array",
    minItems: 1,
    maxItems: mostOperations,
    items: {
      type: "object",
      required: ["op", "path"],
      additionalProperties: false,
      properties: { op: { enum: names }, path: { type: "string" }, from: { type: "string" }, value: {} },
    },
  },
  takes: `a list of 1 to ${mostOperations} operations like { op: replace, path: /idTag, value: X }`,
  meaning: "the operations, in this order",
  fallback: "required",
};

/** Applies a JSON Patch to the payload. */
export const patchPayload: Fault = defineFault({
  name: "patch",
  layer: "payload",
  risksBilling: true,
  summary:
    "Applies a JSON Patch (RFC 6902) to the payload: add, remove, replace, move, copy, test. If one operation fails, nothing is changed.",
  goodPeer: "Handles the message by its new content.",
  example:
    "patch: [ { op: test, path: /connectorId, value: 1 }, { op: replace, path: /connectorId, value: 99 } ]",
  settings: { operations },
  short: "operations",
  sweep: { then2x: "patch: [ { op: replace, path: /seqNo, value: 99 } ]" },
  apply: ({ operations: all }, { copies }) => {
    const changed = editPayload(copies, (payload, { text }) => {
      let json = text.slice(payload.start, payload.end);
      for (const [i, operation] of all.entries()) {
        const edits = editsOf(operation, json);
        if (typeof edits === "string") return `operation ${i + 1}, ${operation.op}: ${edits}`;
        json = splice(json, edits);
      }
      return { edits: [replacement(payload, json)], outcome: `patched by ${all.length} operations` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ operations: all }, { words }) =>
    `applies a JSON Patch (${all.map(({ op, path }) => `${op} ${path.pointer}`).join(", ")}) to ${words}`,
});

/** The edits of one operation on the text of a payload, or the reason why it fails. */
const editsOf = ({ op, path, from, value = "null" }: Operation, json: string): PatchStep => {
  const { root } = readJson(json);
  if (root === undefined) return "the payload is no JSON";
  switch (op) {
    case "add":
      return add(root, path, value);
    case "remove":
      return remove(root, path);
    case "replace": {
      const target = only(root, path.steps);
      return target === undefined ? `there is nothing at ${path.pointer}` : [replacement(target, value)];
    }
    case "test": {
      const target = only(root, path.steps);
      const isEqual = target !== undefined && same(target.value, JSON.parse(value));
      return isEqual ? [] : `${path.pointer} is not ${value.slice(0, 60)}`;
    }
    case "copy":
    case "move":
      return op === "copy" ? copy(root, from, path, json) : move(root, from, path, json);
  }
};

type PatchStep = readonly Edit[] | string;

const copy = (root: JsonNode, from: PayloadPath | undefined, path: PayloadPath, json: string): PatchStep => {
  const source = from === undefined ? undefined : only(root, from.steps);
  if (source === undefined) return `there is nothing at ${from?.pointer}`;
  return add(root, path, json.slice(source.start, source.end));
};

const move = (root: JsonNode, from: PayloadPath | undefined, path: PayloadPath, json: string): PatchStep => {
  const source = from === undefined ? undefined : only(root, from.steps);
  if (from === undefined || source === undefined) return `there is nothing at ${from?.pointer}`;
  if (`${path.pointer}/`.startsWith(`${from.pointer}/`) && path.pointer !== from.pointer)
    return "a value cannot be moved into itself";
  const taken = remove(root, from);
  if (typeof taken === "string") return taken;
  const without = splice(json, taken);
  const added = add(readJson(without).root ?? root, path, json.slice(source.start, source.end));
  return typeof added === "string"
    ? added
    : [{ offset: 0, length: json.length, put: splice(without, added) }];
};

/** The value at these steps. In a JSON Patch, `*` is an ordinary name. */
const only = (root: JsonNode, steps: readonly string[]): JsonNode | undefined => {
  let node: JsonNode | undefined = root;
  for (const step of steps) {
    if (node?.items !== undefined)
      node = /^(?:0|[1-9][0-9]*)$/.test(step) ? node.items[Number(step)] : undefined;
    else node = node?.member(step)?.node;
  }
  return node;
};

const add = (root: JsonNode, { pointer, steps }: PayloadPath, value: string): readonly Edit[] | string => {
  const last = steps.at(-1);
  if (last === undefined) return [replacement(root, value)];
  const parent = only(root, steps.slice(0, -1));
  if (parent?.members !== undefined) {
    const known = parent.member(last);
    return [known === undefined ? memberAddition(parent, last, value) : replacement(known.node, value)];
  }
  const length = parent?.items?.length;
  if (parent === undefined || length === undefined) return `there is no place ${pointer}`;
  const index = last === "-" ? length : /^(?:0|[1-9][0-9]*)$/.test(last) ? Number(last) : length + 1;
  return index > length ? `there is no place ${pointer}` : [itemInsertion(parent, index, value)];
};

const remove = (root: JsonNode, { pointer, steps }: PayloadPath): readonly Edit[] | string => {
  const parent = only(root, steps.slice(0, -1));
  const [found] = parent === undefined ? [] : valuesAt(parent, steps.slice(-1));
  if (parent === undefined || found?.parent === undefined || only(root, steps) !== found.node)
    return `there is nothing to remove at ${pointer}`;
  return removals(parent, new Set([found.index]));
};

const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  );
};

const readOperations = (
  value: Value,
  what: string,
  report: IssueReporter,
): readonly Operation[] | undefined => {
  if (value.kind !== "list" || value.items.length === 0 || value.items.length > mostOperations) {
    report(value.where, "not-a-list", `${what} must be ${operations.takes}, found ${show(value)}`);
    return undefined;
  }
  const read = value.items.map((item) => readOperation(item, report));
  return read.includes(undefined) ? undefined : (read as Operation[]);
};

const readOperation = (value: Value, report: IssueReporter): Operation | undefined => {
  const members = readMap(value, "the operation", ["op", "path", "from", "value"], report);
  if (members === undefined) return undefined;
  const place = (key: string): PayloadPath | undefined => {
    const member = members.get(key);
    return member === undefined ? undefined : readPayloadPath(member.value, key, report);
  };
  const opMember = members.get("op");
  const op = opMember === undefined ? undefined : readWord(opMember.value, "op", names, report);
  const needs = op === undefined ? [] : needed[op];
  const missing = ["op", "path", ...needs].filter((key) => !members.has(key));
  if (missing.length > 0) report(value.where, "missing-key", `the operation needs ${missing.join(" and ")}`);
  const [path, from] = [place("path"), place("from")];
  const given = members.get("value");
  const json = given === undefined ? undefined : readJsonText(given.value, "value", report);
  const isWrong =
    (members.has("from") && from === undefined) ||
    (given !== undefined && json === undefined) ||
    missing.length > 0;
  return op === undefined || path === undefined || isWrong ? undefined : { op, path, from, value: json };
};

/** The keys that each operation needs besides path. */
const needed: Readonly<Record<Operation["op"], readonly string[]>> = {
  add: ["value"],
  remove: [],
  replace: ["value"],
  move: ["from"],
  copy: ["from"],
  test: ["value"],
};
