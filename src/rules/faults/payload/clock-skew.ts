// clock-skew: all points in time of a payload are moved by the same time, as a charger's clock that is wrong moves
// them. Zones, separators and the number of digits stay as they are.

import { durationWords } from "../../../base/duration.js";
import { replacement } from "../../../ocpp/json/edits.js";
import { shiftedTime } from "../../../ocpp/time-shift.js";
import { shift } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, scalarsIn } from "../edit/edit-payload.js";

/** Moves all times. */
export const clockSkew: Fault = defineFault({
  name: "clock-skew",
  layer: "payload",
  risksBilling: true,
  summary:
    "All points in time of the payload are moved by the same time, forward or, with a minus, backward. How they are written stays.",
  goodPeer:
    "Notices the skew, sets the clock with Heartbeat's answer, and books by its own clock where it must.",
  example: "clock-skew: { by: -2h }",
  settings: { by: shift("by how much; with a minus, into the past") },
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
  explain: ({ by }) =>
    `sent with all its times ${durationWords(Math.abs(by))} ${by < 0 ? "too early" : "too late"}`,
});
