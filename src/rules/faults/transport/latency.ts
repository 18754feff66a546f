// latency: delivers all data later and keeps its order; the same as Toxiproxy's latency toxic, plus netem's normal
// distribution. Control frames and the end of the stream are delayed as well.

import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, forField, shapes, spanWords } from "../edit/shape-fault.js";

/** Delivers all data of a connection later. */
export const latency: Fault = defineFault({
  name: "latency",
  layer: "transport",
  points: ["connection", "message"],
  summary:
    "Delivers all data later, in its order. Control frames and the end of the stream are delayed as well, so nothing overtakes.",
  goodPeer: "Sees only slower answers, as long as they arrive within its timeouts.",
  example: "latency: { ms: 300ms, jitter: 100ms, distribution: normal }",
  settings: {
    ms: duration("the delay"),
    jitter: duration("variation of the delay, random for each piece of data; the delay is never below 0", 0),
    distribution: word(
      "uniform: between ms - jitter and ms + jitter; normal: jitter is the standard deviation",
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
  explain: ({ ms, jitter, distribution, ...span }, target) => {
    const spread = jitter === 0 ? "" : ` ± ${durationWords(jitter)} (${distribution} distribution)`;
    const by = `by ${durationWords(ms)}${spread}`;
    if (target.point === "message")
      return `delays all data of the connection ${by}${spanWords(span)} after ${target.words}`;
    const first = span.for === undefined ? "" : `for ${durationWords(span.for)}, `;
    return `${first}delays all data of ${target.words} ${by}${spanWords({ ...span, for: undefined })}`;
  },
});
