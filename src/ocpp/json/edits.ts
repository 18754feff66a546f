// Edits of a JSON text that was read as a tree: adds and removes members and items with their commas, so that all other
// characters stay as they are.

import type { Edit } from "./spans.js";
import type { JsonNode } from "./tree.js";

/** Replaces a value by other characters. */
export function replacement(node: JsonNode, text: string): Edit {
  return { offset: node.start, length: node.end - node.start, put: text };
}

/** Adds a member after the others of an object; `text` is the JSON of its value. */
export function memberAddition(object: JsonNode, key: string, text: string): Edit {
  const member = `${JSON.stringify(key)}:${text}`;
  const last = object.members?.at(-1);
  return last === undefined
    ? { offset: object.start + 1, length: 0, put: member }
    : { offset: last.node.end, length: 0, put: `,${member}` };
}

/** Adds an item to a list before the one at `index`, or after the last. */
export function itemInsertion(list: JsonNode, index: number, text: string): Edit {
  const items = list.items ?? [];
  const next = items[index];
  if (next !== undefined) return { offset: next.start, length: 0, put: `${text},` };
  const last = items.at(-1);
  return last === undefined
    ? { offset: list.start + 1, length: 0, put: text }
    : { offset: last.end, length: 0, put: `,${text}` };
}

/** Removes these members of an object or items of a list. */
export function removals(parent: JsonNode, indexes: ReadonlySet<number>): readonly Edit[] {
  const parts =
    parent.members?.map(({ keyStart, node }) => ({ start: keyStart, end: node.end })) ?? parent.items ?? [];
  const lastKept = parts.findLastIndex((_part, i) => !indexes.has(i));
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (lastKept < 0) return [{ offset: first.start, length: last.end - first.start, put: "" }];
  return parts.flatMap((part, i) => {
    if (!indexes.has(i)) return [];
    // With the comma after it if a later part stays, else with the comma before it.
    const start = i < lastKept ? part.start : (parts[i - 1]?.end ?? part.start);
    const end = i < lastKept ? (parts[i + 1]?.start ?? part.end) : part.end;
    return [{ offset: start, length: end - start, put: "" }];
  });
}
