// kick: closes one of two connections of the same charge point, like a CSMS that allows one connection per charge point.

import { integer, text, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Closes one of two connections of the same charge point. */
export const kick: Fault = defineFault({
  name: "kick",
  layer: "transport",
  points: ["connection"],
  risksBilling: true,
  summary:
    "Closes the old connections of a charge point when it opens a new one, or closes the new one. Does nothing if there is no other connection.",
  goodPeer:
    "A charge point whose connection was closed connects again after a pause that grows, and its connections do not close each other. A CSMS uses the newest connection.",
  example: "kick: { keep: new }",
  settings: {
    keep: word("which connection stays open", ["new", "old"], "new"),
    code: integer("the code of the close frame", { min: 0, max: 65_535 }, 1008),
    reason: text("the reason in the close frame", "duplicate connection"),
  },
  short: "keep",
  check: (settings, value, report) => {
    const bytes = new TextEncoder().encode(settings.reason).length;
    if (bytes <= longestReason) return true;
    report(value.where, "reason", `reason must have at most ${longestReason} bytes, found ${bytes}`);
    return false;
  },
  sweep: {
    leftOut: "it needs two open connections of one charge point, and a replay opens one after the other",
    needsTwoConnections: true,
  },
  apply: ({ keep, code, reason }, { copies }) => ({
    outcome: `kept ${keep}`,
    copies,
    draw: null,
    actions: [{ kind: "kick", keep, code, reason }],
  }),
  explain: ({ keep, code }, { words }) =>
    keep === "new"
      ? `keeps ${words} and closes older ones of the same charge point with code ${code}`
      : `closes ${words} with code ${code} if the same charge point already has one`,
});

/** A control frame has at most 125 bytes, two of them for the code (RFC 6455 section 5.5). */
const longestReason = 123;
