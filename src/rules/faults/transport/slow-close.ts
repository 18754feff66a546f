// slow-close: delays the end of the stream; the same as Toxiproxy's slow_close toxic.

import { durationWords } from "../../../base/duration.js";
import { duration } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords, streamWords } from "../edit/shape-fault.js";

/** Delays the TCP FIN. */
export const slowClose: Fault = defineFault({
  name: "slow-close",
  layer: "transport",
  points: ["connection", "message"],
  summary: "Delays the TCP FIN. Frames, including close frames, are forwarded at once.",
  breaks: "RFC 6455 section 7.1.1: the CSMS closes the TCP connection at once after the closing handshake",
  goodPeer: "Closes the TCP connection itself a few seconds after the closing handshake, and connects again.",
  example: "slow-close: { delay: 10s }",
  settings: { delay: duration("the delay"), direction: directionField(), for: forField },
  short: "delay",
  sweep: { then: "slow-close: { delay: 300ms }", on: "connection" },
  apply: ({ delay, ...span }, input) =>
    shapes(input, `close slowed ${delay} ms`, span, { kind: "slow-close", delay }),
  explain: ({ delay, ...span }, target) =>
    `delays the TCP FIN by ${durationWords(delay)} on ${streamWords(target)}${spanWords(span)}`,
});
