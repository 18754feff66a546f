// blackhole: nothing gets through any more and nobody is told, as behind a NAT that forgot the connection. Toxiproxy
// calls it timeout; with a timeout both legs are reset in the end.

import { durationWords } from "../../../base/duration.js";
import { duration } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, shapes, spanWords } from "../edit/shape-fault.js";

/** Swallows the stream. */
export const blackhole: Fault = defineFault({
  name: "blackhole",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "From then on what comes is recorded and goes nowhere, pings and the end of the stream neither; the TCP connections stay open.",
  goodPeer:
    "Finds out by unanswered pings or its timeout, gives the connection up, dials again, and repeats its transaction messages.",
  example: "blackhole: { timeout: 0 }",
  settings: {
    timeout: duration("after which both sides are reset; 0 is never", 0),
    direction: directionField(),
  },
  short: "timeout",
  sweep: { on: "running" },
  apply: ({ timeout, direction }, input) =>
    shapes(
      input,
      `swallowed ${timeout === 0 ? "for ever" : `${timeout} ms`}`,
      { direction },
      {
        kind: "blackhole",
        timeout,
      },
    ),
  explain: ({ timeout, direction }) =>
    `turned into a black hole${spanWords({ direction, for: undefined })}, ${timeout === 0 ? "and nobody is told" : `and both sides are reset after ${durationWords(timeout)}`}`,
});
