// kick: of two connections of one charge point only one stays, as a CSMS has it that knows each charge point once.

import { integer, text, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Closes one of two connections of a charge point. */
export const kick: Fault = defineFault({
  name: "kick",
  layer: "transport",
  points: ["connection"],
  risksBilling: true,
  summary:
    "When a charge point connects that is connected already, its old connections are closed, or the new one is. Without an old one nothing happens.",
  goodPeer:
    "A kicked charge point dials again after a pause that grows and does not fight with itself; a CSMS takes the newest connection for the one that counts.",
  example: "kick: { keep: new }",
  settings: {
    keep: word("which connection stays", ["new", "old"], "new"),
    code: integer("the status code of the close frame", { min: 0, max: 65_535 }, 1008),
    reason: text("its reason", "duplicate connection"),
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
  explain: ({ keep, code }) =>
    keep === "new"
      ? `kept, and older ones of that charge point are closed with code ${code}`
      : `closed with code ${code} where that charge point has one already`,
});

/** A control frame carries at most 125 bytes, two of which are the code (RFC 6455 section 5.5). */
const longestReason = 123;
