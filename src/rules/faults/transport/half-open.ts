// half-open: one direction of the connection is dead and nobody is told: one side believes that it still speaks.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { shapes } from "../edit/shape-fault.js";

/** Lets one direction die. */
export const halfOpen: Fault = defineFault({
  name: "half-open",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "From then on one direction is dead: what comes is recorded and goes nowhere, the end of the stream (FIN, reset) neither. The other direction lives.",
  goodPeer:
    "Notices by unanswered pings or calls; a CSMS takes the new connection of the same charge point for the one that counts.",
  example: "half-open: { direction: cp-to-csms }",
  settings: { direction: word("the direction that is dead", ["cp-to-csms", "csms-to-cp"], "cp-to-csms") },
  short: "direction",
  sweep: { on: "running" },
  apply: ({ direction }, input) =>
    shapes(input, `half-open ${direction}`, { direction }, { kind: "half-open" }),
  explain: ({ direction }) =>
    `half open from then on: dead from ${direction === "cp-to-csms" ? "the charge point to the CSMS" : "the CSMS to the charge point"}, and nobody is told`,
});
