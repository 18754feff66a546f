// reset-peer: resets the TCP connection, at once or later; the same as Toxiproxy's reset_peer toxic.

import type { Side } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { shapes, streamWords } from "../edit/shape-fault.js";

const sides: readonly (Side | "both")[] = ["both", "charger", "csms"];

/** Resets the TCP connection. */
export const resetPeer: Fault = defineFault({
  name: "reset-peer",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "Resets the TCP connections on both sides, at once or later. If only one side is named, the connection to the other side ends with a FIN.",
  breaks: "RFC 6455 section 7.1.1: a connection ends with a close frame",
  goodPeer: "Connects again after a pause that grows, and repeats its transaction messages.",
  example: "reset-peer: { after: 5s }",
  settings: { after: duration("the delay", 0), to: word("which side gets the reset", sides, "both") },
  short: "after",
  sweep: { then: "reset-peer: {}", on: "running", postponedBy: "after" },
  apply: ({ after, to }, input) =>
    shapes(
      input,
      `reset ${to}${after === 0 ? "" : ` after ${after} ms`}`,
      { direction: "cp-to-csms" },
      {
        kind: "reset-peer",
        after,
        to,
      },
    ),
  explain: ({ after, to }, target) => {
    const side = to === "both" ? "" : `the ${to === "csms" ? "CSMS" : "charge point"} side of `;
    return `resets ${side}${streamWords(target)}${after === 0 ? "" : `, ${durationWords(after)} later`}`;
  },
});
