// latency: everything that passes comes later, in its order; Toxiproxy's toxic of that name, with netem's normal
// distribution. It holds the lane: nothing overtakes, control frames and the end of the stream neither.

import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords } from "../edit/shape-fault.js";

/** Makes a connection slow to answer. */
export const latency: Fault = defineFault({
  name: "latency",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "From then on every piece that is read is handed on later, in its order, frames of control and the end of the stream as well. Nothing overtakes.",
  goodPeer: "Notices nothing but slower answers, as long as they come within its timeouts.",
  example: "latency: { ms: 300ms, jitter: 100ms, distribution: normal }",
  settings: {
    ms: duration("how late"),
    jitter: duration("so much more or less, drawn for each piece; never less than nothing", 0),
    distribution: word(
      "evenly within jitter, or around ms with jitter as the standard deviation",
      ["uniform", "normal"],
      "uniform",
    ),
    direction: directionField(),
    for: forField,
  },
  short: "ms",
  sweep: { then: "latency: { ms: 100ms, jitter: 50ms }", on: "connection" },
  longestHoldMs: ({ ms, jitter }) => ms + jitter,
  apply: ({ ms, jitter, distribution, ...span }, input) =>
    shapes(input, `slowed ${ms} ms${jitter === 0 ? "" : ` +-${jitter}`}`, span, {
      kind: "latency",
      ms,
      jitter,
      distribution,
    }),
  explain: ({ ms, jitter, distribution, ...span }) =>
    `slowed by ${durationWords(ms)}${jitter === 0 ? "" : `, give or take ${durationWords(jitter)} (${distribution})`}${spanWords(span)}`,
});
