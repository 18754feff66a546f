// limit-data: closes the connection after a number of bytes, even in the middle of a frame; the same as Toxiproxy's
// limit_data toxic.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, directionWords, shapes, streamWords } from "../edit/shape-fault.js";

/** Closes a connection after a number of bytes. */
export const limitData: Fault = defineFault({
  name: "limit-data",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "Closes both TCP connections after a number of bytes, without a close frame and even in the middle of a frame.",
  breaks: "RFC 6455 section 7.1.1: a connection ends with a close frame and not in the middle of a frame",
  goodPeer: "Discards the incomplete message, connects again, and repeats what was not answered.",
  example: "limit-data: { bytes: 2000, direction: csms-to-cp }",
  settings: {
    bytes: integer("number of bytes that are still forwarded", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    direction: directionField(),
  },
  short: "bytes",
  sweep: { then: "limit-data: { bytes: 1500, direction: cp-to-csms }", on: "connection" },
  apply: ({ bytes, direction }, input) =>
    shapes(input, `limited ${bytes} bytes`, { direction }, { kind: "limit-data", bytes }),
  explain: ({ bytes, direction }, target) => {
    const way = direction === "both" ? "" : ` ${directionWords(direction)}`;
    return `closes TCP without a close frame, after ${bytes} more bytes${way}, on ${streamWords(target)}`;
  },
});
