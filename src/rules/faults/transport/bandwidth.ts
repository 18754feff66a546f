// bandwidth: so many kilobytes a second and no more; Toxiproxy's toxic of that name.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords } from "../edit/shape-fault.js";

/** Makes a connection narrow. */
export const bandwidth: Fault = defineFault({
  name: "bandwidth",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "From then on no more than so many kilobytes (of 1000 bytes) a second pass; the sender is slowed down once enough of them wait.",
  goodPeer: "Goes on more slowly, and does not take a long message for a lost one.",
  example: "bandwidth: { rate: 2 }",
  settings: {
    rate: integer("kilobytes a second", { min: 1, max: 1_000_000 }),
    direction: directionField(),
    for: forField,
  },
  short: "rate",
  sweep: { then: "bandwidth: { rate: 8 }", on: "connection" },
  apply: ({ rate, ...span }, input) =>
    shapes(input, `narrowed ${rate} KB/s`, span, { kind: "bandwidth", rate }),
  explain: ({ rate, ...span }) => `narrowed to ${rate} KB a second${spanWords(span)}`,
});
