// clock-skew: shifts all date-times of a payload by the same time, like a charger with a wrong clock. Time zones, separators and the
// number of digits stay the same.

import { durationWords } from "../../../base/duration.js";
import { replacement } from "../../../ocpp/json/edits.js";
import { shiftedTime } from "../../../ocpp/time-shift.js";
import { shift } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, scalarsIn } from "../edit/edit-payload.js";

/** Shifts all date-times of the payload. */
export const clockSkew: Fault = defineFault({
  name: "clock-skew",
  layer: "payload",
  risksBilling: true,
  summary:
    "Shifts all date-times of the payload by the same time, forward or, with a minus, back. Their format stays the same.",
  goodPeer:
    "Notices the difference, sets the charger's clock with the answer to Heartbeat, and uses its own clock for billing if necessary.",
  example: "clock-skew: { by: -2h }",
  settings: { by: shift("how far; with a minus, into the past") },
  short: "by",
  apply: ({ by }, { copies }) => {
    const changed = editPayload(copies, (payload) => {
      const edits = scalarsIn(payload).flatMap(({ node }) => {
        const time = typeof node.value === "string" ? shiftedTime(node.value, by) : undefined;
        return time === undefined ? [] : [replacement(node, JSON.stringify(time))];
      });
      if (edits.length === 0) return "there is no time in the payload";
      return {
        edits,
        outcome: `skewed ${edits.length === 1 ? "1 time" : `${edits.length} times`} by ${by} ms`,
      };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ by }, { words }) =>
    `shifts all date-times ${by < 0 ? "back" : "forward"} by ${durationWords(Math.abs(by))} in ${words}`,
});
