// bandwidth: limits the data rate; the same as Toxiproxy's bandwidth toxic.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords, streamWords } from "../edit/shape-fault.js";

/** Limits the data rate of a connection. */
export const bandwidth: Fault = defineFault({
  name: "bandwidth",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "Limits the data rate to a number of kilobytes (1000 bytes) per second. The sender is slowed down when too much data waits.",
  goodPeer: "Goes on more slowly, and does not treat a slow long message as lost.",
  example: "bandwidth: { rate: 2 }",
  settings: {
    rate: integer("kilobytes per second", { min: 1, max: 1_000_000 }),
    direction: directionField(),
    for: forField,
  },
  short: "rate",
  sweep: { then: "bandwidth: { rate: 8 }", on: "connection" },
  apply: ({ rate, ...span }, input) =>
    shapes(input, `narrowed ${rate} KB/s`, span, { kind: "bandwidth", rate }),
  explain: ({ rate, ...span }, target) =>
    `applies a limit of ${rate} KB/s to ${streamWords(target)}${spanWords(span)}`,
});
