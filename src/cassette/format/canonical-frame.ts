// The frame that a payload gets where nothing is known of the wire, and against which the NDJSON form measures
// headers: shortest length, no reserved bit, masked with zeros towards the CSMS (RFC 6455 section 5.1 wants a
// mask there), not masked towards the charge point.

import type { Direction } from "../../base/direction.js";
import { encodeFrame } from "../../wire/websocket/frame.js";

const zeroMask = new Uint8Array(4);

/** The frame that carries a payload in the canonical way. */
export function canonicalFrame(
  direction: Direction,
  opcode: number,
  fin: boolean,
  payload: Uint8Array,
): Uint8Array {
  return encodeFrame({ opcode, fin, payload, mask: direction === "cp-to-csms" ? zeroMask : undefined });
}
