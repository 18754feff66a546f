// compressed-unnegotiated: compresses the message as permessage-deflate does, although that was not negotiated. The DEFLATE
// blocks are stored ones (RFC 1951 section 3.2.4), so that inflating them gives the same message.

import { concat } from "../../../base/bytes.js";
import { encodeFrame } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { isCompressed, reframe, wholePayload } from "../edit/frames.js";

/** Compresses a message without negotiation. */
export const compressedUnnegotiated: Fault = defineFault({
  name: "compressed-unnegotiated",
  layer: "frame",
  risksBilling: true,
  summary:
    "Compresses the message and sets RSV1, although permessage-deflate was not negotiated. A receiver that inflates it gets the original message.",
  breaks:
    "RFC 7692 section 6 and RFC 6455 section 5.2: RSV1 is set only if permessage-deflate was negotiated",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
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
  explain: (_settings, { words }) => `compresses ${words} although that was not negotiated`,
});

const longestBlock = 65_535;

/** The payload in stored blocks, without the final 00 00 FF FF (RFC 7692 section 7.2.1). */
const stored = (payload: Uint8Array): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += longestBlock) {
    const block = payload.subarray(at, at + longestBlock);
    const { length } = block;
    parts.push(Uint8Array.of(0, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255), block);
  }
  return concat([...parts, Uint8Array.of(0)]);
};
