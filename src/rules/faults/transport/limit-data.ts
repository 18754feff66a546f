// limit-data: the connection ends behind so many bytes, wherever in a frame that is; Toxiproxy's toxic of that name.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, shapes, spanWords } from "../edit/shape-fault.js";

/** Ends a connection in the middle of something. */
export const limitData: Fault = defineFault({
  name: "limit-data",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "So many bytes still pass in a direction, then both TCP connections are ended, without a close frame and wherever in a frame that is.",
  breaks: "RFC 6455 section 7.1.1: no connection ends without a close frame, none in the middle of a frame",
  goodPeer: "Throws the unfinished message away, dials again, and repeats what was not answered.",
  example: "limit-data: { bytes: 2000, direction: csms-to-cp }",
  settings: {
    bytes: integer("bytes that still pass", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    direction: directionField(),
  },
  short: "bytes",
  sweep: { then: "limit-data: { bytes: 1500, direction: cp-to-csms }", on: "connection" },
  apply: ({ bytes, direction }, input) =>
    shapes(input, `limited ${bytes} bytes`, { direction }, { kind: "limit-data", bytes }),
  explain: ({ bytes, direction }) =>
    `ended after ${bytes} more bytes${spanWords({ direction, for: undefined })}`,
});
