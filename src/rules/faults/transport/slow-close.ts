// slow-close: the end of a stream is handed on later; Toxiproxy's toxic of that name.

import { durationWords } from "../../../base/duration.js";
import { duration } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords } from "../edit/shape-fault.js";

/** Lets ends wait. */
export const slowClose: Fault = defineFault({
  name: "slow-close",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "When a side ends its stream, the other side is told so later. Frames, close frames too, pass at once.",
  breaks: "RFC 6455 section 7.1.1: the CSMS closes the TCP connection at once behind the closing handshake",
  goodPeer: "Gives the TCP connection up a few seconds after the closing handshake, and dials again.",
  example: "slow-close: { delay: 10s }",
  settings: { delay: duration("how much later"), direction: directionField(), for: forField },
  short: "delay",
  sweep: { then: "slow-close: { delay: 300ms }", on: "connection" },
  apply: ({ delay, ...span }, input) =>
    shapes(input, `close slowed ${delay} ms`, span, { kind: "slow-close", delay }),
  explain: ({ delay, ...span }) =>
    `ended ${durationWords(delay)} after a side has ended it${spanWords(span)}`,
});
