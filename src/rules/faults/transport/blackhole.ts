// blackhole: drops all data silently, like a NAT that has forgotten the connection. Toxiproxy calls it timeout: after the
// timeout both sides are reset.

import { durationWords } from "../../../base/duration.js";
import { duration } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionField, shapes, spanWords, streamWords } from "../edit/shape-fault.js";

/** Drops all data of a connection silently. */
export const blackhole: Fault = defineFault({
  name: "blackhole",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "Drops all data silently, pings and the end of the stream included. The data is recorded and the TCP connections stay open.",
  goodPeer:
    "Notices it by unanswered pings or by its timeout, closes the connection, connects again and repeats its transaction messages.",
  example: "blackhole: { timeout: 0 }",
  settings: {
    timeout: duration("time after which both sides are reset; 0: never", 0),
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
  explain: ({ timeout, direction }, target) => {
    const way = spanWords({ direction, for: undefined });
    const end = timeout === 0 ? "" : `, then resets both sides after ${durationWords(timeout)}`;
    return `drops all data silently on ${streamWords(target)}${way}${end}`;
  },
});
