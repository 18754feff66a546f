// half-open: drops all data of one direction silently, so that one side still believes it is connected.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { directionWords, shapes, streamWords } from "../edit/shape-fault.js";

/** Drops all data of one direction silently. */
export const halfOpen: Fault = defineFault({
  name: "half-open",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "Drops all data of one direction silently, including the end of the stream (FIN or reset). The data is recorded and the other direction works.",
  goodPeer:
    "Notices it by unanswered pings or CALLs. A CSMS uses the new connection when the charge point connects again.",
  example: "half-open: { direction: cp-to-csms }",
  settings: {
    direction: word("the direction whose data is dropped", ["cp-to-csms", "csms-to-cp"], "cp-to-csms"),
  },
  short: "direction",
  sweep: { on: "running" },
  apply: ({ direction }, input) =>
    shapes(input, `half-open ${direction}`, { direction }, { kind: "half-open" }),
  explain: ({ direction }, target) =>
    `drops all data ${directionWords(direction)} silently on ${streamWords(target)}`,
});
