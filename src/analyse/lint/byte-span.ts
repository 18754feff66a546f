// Finds the bytes of a value in the text of a message. Never throws: for a missing value it gives the bytes of the value
// that should contain it, for a text that is not JSON the whole text.

import { byteOffsets } from "../../ocpp/json/byte-offsets.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { type JsonNode, readJson } from "../../ocpp/json/tree.js";

/** A range of bytes in a text, as UTF-8. */
export interface ByteSpan {
  readonly offset: number;
  readonly length: number;
}

const childOf = (node: JsonNode, step: string): JsonNode | undefined =>
  node.items === undefined ? node.member(step)?.node : node.items[Number(step)];

/** The bytes of the value at a pointer. */
export function byteSpanOf(text: string, pointer: string): ByteSpan {
  let node = pointer === "" ? undefined : readJson(text).root;
  for (const step of readPointer(pointer) ?? []) {
    const next = node === undefined ? undefined : childOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  const [from = 0, to = 0] = byteOffsets(text, [node?.start ?? 0, node?.end ?? text.length]);
  return { offset: from, length: to - from };
}
