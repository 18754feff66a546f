// Where the value that a pointer names stands in the bytes of a message. Total: of something missing it is the
// place of what should hold it, of a text that is no JSON the whole text.

import { byteOffsets } from "../../ocpp/json/byte-offsets.js";
import { readPointer } from "../../ocpp/json/pointer.js";
import { type JsonNode, readJson } from "../../ocpp/json/tree.js";

/** A run of bytes. */
export interface ByteSpan {
  readonly offset: number;
  readonly length: number;
}

const childOf = (node: JsonNode, step: string): JsonNode | undefined =>
  node.items === undefined ? node.member(step)?.node : node.items[Number(step)];

/** The bytes of what stands at this pointer. */
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
