// Changes the payload of a message at places given by JSON pointers; everything else stays the same. The outcome says so if
// the message has no payload.

import { writePointer } from "../../../ocpp/json/pointer.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { type ChangedCopies, editMessage, type MessageText, type TextChange } from "./edit-message.js";

/** A value of a payload and its position. */
export interface PayloadValue {
  readonly node: JsonNode;
  readonly pointer: string;
  /** Undefined for the payload itself. */
  readonly parent: JsonNode | undefined;
  /** Its index among the members or items of its parent. */
  readonly index: number;
}

/** Changes the payload of every copy that has one. */
export function editPayload(
  copies: readonly Uint8Array[],
  change: (payload: JsonNode, message: MessageText) => TextChange,
): ChangedCopies {
  return editMessage(copies, (message) =>
    message.payload === undefined ? "the message has no payload" : change(message.payload, message),
  );
}

/** The values at these steps; `*` matches every item of a list. */
export function valuesAt(payload: JsonNode, steps: readonly string[]): readonly PayloadValue[] {
  let found: readonly PayloadValue[] = [{ node: payload, pointer: "", parent: undefined, index: 0 }];
  for (const step of steps)
    found = found.flatMap((place) => childrenOf(place).filter(({ key }) => matches(place, step, key)));
  return found;
}

const matches = ({ node }: PayloadValue, step: string, key: string): boolean =>
  step === key || (step === "*" && node.items !== undefined);

/** All values of a payload, outer ones first. */
export function valuesIn(payload: JsonNode): readonly PayloadValue[] {
  const all: PayloadValue[] = [{ node: payload, pointer: "", parent: undefined, index: 0 }];
  // The loop also visits what it appends.
  for (const place of all) for (const child of childrenOf(place)) all.push(child);
  return all;
}

/** All values that are neither objects nor lists. */
export function scalarsIn(payload: JsonNode): readonly PayloadValue[] {
  return valuesIn(payload).filter(({ node }) => isScalar(node));
}

/** Whether a value is a string, number, boolean or null. */
export function isScalar({ items, members, value }: JsonNode): boolean {
  return items === undefined && members === undefined && value !== undefined;
}

/** One of these items, chosen by a random number in [0, 1). */
export function pick<Item>(items: readonly Item[], drawn: number): Item | undefined {
  return items[Math.min(items.length - 1, Math.floor(drawn * items.length))];
}

const childrenOf = ({
  node,
  pointer,
}: PayloadValue): readonly (PayloadValue & { readonly key: string })[] => {
  const child = (
    key: string | number,
    value: JsonNode,
    index: number,
  ): PayloadValue & { readonly key: string } => ({
    node: value,
    pointer: pointer + writePointer([key]),
    parent: node,
    index,
    key: String(key),
  });
  if (node.items !== undefined) return node.items.map((item, i) => child(i, item, i));
  // If a key occurs twice, the last one counts.
  return (node.members ?? [])
    .filter((member) => node.member(member.key) === member)
    .map(({ key, node: value, ordinal }) => child(key, value, ordinal));
};
