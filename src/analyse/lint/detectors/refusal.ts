// Requests that the other side refused: a CALLERROR, or a charging profile answered with Rejected (OCPP-J 1.6 section
// 4.2.3; OCPP 1.6 section 5.16; 2.x part 2, K).

import { textAt } from "../../../ocpp/payload.js";
import { type Detector, senderName } from "./detector.js";

/** Detects refused requests. */
export const refusalDetector: Detector = {
  codes: [
    {
      code: "call-error",
      class: "event",
      clause: "OCPP-J 1.6, 4.2.3; OCPP 2.x part 4, 4.2.3",
      doc: "One side answered a request with a CALLERROR.",
    },
    {
      code: "profile-rejected",
      class: "event",
      clause: "OCPP 1.6, 5.16; OCPP 2.0.1 part 2, K01",
      doc: "The charger rejected a charging profile.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "answer") return;
    const { exchange, answer } = event;
    const { action } = exchange;
    const { place } = answer;
    if (answer.kind === "error") {
      const message = `${senderName(place.direction)} answered ${action} with the CALLERROR ${(answer.code ?? "").slice(0, 60)}`;
      report({ code: "call-error", place, action, pointer: "/2", message });
    } else if (action === "SetChargingProfile" && textAt(answer.payload, "status") === "Rejected")
      report({
        code: "profile-rejected",
        place,
        action,
        pointer: "/2/status",
        message: "the charger rejected the charging profile",
      });
  },
};
