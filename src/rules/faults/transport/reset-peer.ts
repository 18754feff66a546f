// reset-peer: TCP reset, at once or after a while; Toxiproxy's toxic of that name.

import type { Side } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { shapes } from "../edit/shape-fault.js";

const sides: readonly (Side | "both")[] = ["both", "charger", "csms"];

/** Resets the legs of a connection. */
export const resetPeer: Fault = defineFault({
  name: "reset-peer",
  layer: "transport",
  points: ["connection", "message"],
  risksBilling: true,
  summary:
    "TCP reset of both sides, at once or after a while. Where one is named, the other's stream is ended.",
  breaks: "RFC 6455 section 7.1.1: no connection ends without a close frame",
  goodPeer: "Dials again after a pause that grows, and repeats its transaction messages.",
  example: "reset-peer: { after: 5s }",
  settings: { after: duration("how long after", 0), to: word("who is reset", sides, "both") },
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
  explain: ({ after, to }) =>
    `reset${to === "both" ? "" : ` towards the ${to === "csms" ? "CSMS" : "charge point"}`}${after === 0 ? "" : ` after ${durationWords(after)}`}`,
});
