// compressed-unnegotiated: the message is compressed as permessage-deflate has it, though nobody agreed to that. The
// DEFLATE blocks are stored ones (RFC 1951 section 3.2.4): whoever inflates them gets the very message.

import { concat } from "../../../base/bytes.js";
import { encodeFrame } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { isCompressed, reframe, wholePayload } from "../edit/frames.js";

/** Compresses without leave. */
export const compressedUnnegotiated: Fault = defineFault({
  name: "compressed-unnegotiated",
  layer: "frame",
  risksBilling: true,
  summary:
    "The message is sent compressed, RSV1 and all, though permessage-deflate was never negotiated. Who inflates it gets the message.",
  breaks:
    "RFC 7692 section 6 and RFC 6455 section 5.2: RSV1 is set only where permessage-deflate was negotiated",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "compressed-unnegotiated: {}",
  settings: {},
  sweep: { mustClose: true },
  apply: (_settings, input) =>
    reframe(input, "compressed", null, (data) => {
      if (isCompressed(data)) return { cannot: "the message is compressed already" };
      const { opcode, mask, rsv } = data.first;
      const payload = stored(wholePayload(data));
      return [encodeFrame({ fin: data.last.fin, rsv: rsv | 4, opcode, mask, payload })];
    }),
  explain: () => "sent compressed without that having been negotiated",
});

const longestBlock = 65_535;

/** The bytes in stored blocks, as a message has them: without the 00 00 FF FF at the end (RFC 7692 section 7.2.1). */
const stored = (payload: Uint8Array): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += longestBlock) {
    const block = payload.subarray(at, at + longestBlock);
    const { length } = block;
    parts.push(Uint8Array.of(0, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255), block);
  }
  return concat([...parts, Uint8Array.of(0)]);
};
