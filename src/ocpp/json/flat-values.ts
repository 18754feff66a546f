// The values of an OCPP-J message by their JSON pointers, each in a canonical spelling, so that the order of members and the
// spelling of numbers make no difference, and integers of any size keep every digit. Iterative and bounded for any input.

import { parseJson } from "./parse-json.js";
import { writePointer } from "./pointer.js";
import { type Leaf, leavesOf } from "./spans.js";

/** The value at a pointer. */
export interface FlatValue {
  /** Equal for equal scalars; `{` and `[` for containers. */
  readonly canonical: string;
  /** The characters in the message; `{…}` and `[…]` for containers. */
  readonly source: string;
}

/** Values by their pointers, parents before children, in the order of the message. */
export type FlatValues = ReadonlyMap<string, FlatValue>;

/** The elements of the message's array to read, and the pointer that each one gets. */
export type Parts = readonly (readonly [index: number, pointer: string])[];

/** Messages above this many UTF-16 units are compared only as texts. */
export const longestCompared: number = 1024 * 1024;

/** The most levels of nesting. */
const deepest = 64;

/** A number as its digits without leading and trailing zeros, and its power of ten; other texts stay as they are. */
export function canonicalNumber(source: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
  if (found === null) return source;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = found;
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = trimZeros(digits);
  if (trimmed === "") return "0";
  const power = Number(exponent) - fraction.length + digits.length - trimmed.length;
  return `${sign}${trimmed}e${power}`;
}

/** Without the zeros at the end. A loop, because a regular expression would take quadratic time. */
const trimZeros = (digits: string): string => {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
};

interface Node {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

const childrenOf = (node: Node): Node[] => {
  const container = node.value as object;
  return Object.keys(container).map((key) => ({
    value: (container as Record<string, unknown>)[key],
    pointer: node.pointer + writePointer([key]),
    depth: node.depth + 1,
  }));
};

/** The values of these parts of a message; undefined if it is too long, nested too deep or not a JSON array. */
export function flatten(message: string, parts: Parts): FlatValues | undefined {
  if (message.length > longestCompared) return undefined;
  const outcome = parseJson(message);
  return "error" in outcome ? undefined : flattenRoot(outcome.value, leavesOf(message), parts);
}

/** The same for a message whose JSON and scalars are already parsed. */
export function flattenRoot(root: unknown, leaves: readonly Leaf[], parts: Parts): FlatValues | undefined {
  if (!Array.isArray(root)) return undefined;
  const sources = sourcesOf(leaves, parts);
  const flat = new Map<string, FlatValue>();
  const stack: Node[] = [...parts]
    .reverse()
    .flatMap(([index, pointer]) => (index < root.length ? [{ value: root[index], pointer, depth: 0 }] : []));
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { value, pointer } = node;
    if (typeof value !== "object" || value === null) {
      flat.set(pointer, scalar(value, sources.get(pointer)));
      continue;
    }
    if (node.depth === deepest) return undefined;
    flat.set(pointer, container(value));
    for (const child of childrenOf(node).reverse()) stack.push(child);
  }
  return flat;
}

const container = (value: object): FlatValue =>
  Array.isArray(value) ? { canonical: "[", source: "[…]" } : { canonical: "{", source: "{…}" };

const scalar = (value: unknown, source: string | undefined): FlatValue => {
  const plain = JSON.stringify(value);
  if (typeof value !== "number") return { canonical: plain, source: source ?? plain };
  return { canonical: canonicalNumber(source ?? plain), source: source ?? plain };
};

const sourcesOf = (leaves: readonly Leaf[], parts: Parts): ReadonlyMap<string, string> => {
  const prefixes = new Map(parts);
  const sources = new Map<string, string>();
  for (const leaf of leaves) {
    const [index, ...steps] = leaf.path;
    const prefix = prefixes.get(Number(index));
    if (prefix !== undefined) sources.set(prefix + writePointer(steps), leaf.source);
  }
  return sources;
};
