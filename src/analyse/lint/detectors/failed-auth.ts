// Id tags and tokens that the CSMS did not accept (OCPP 1.6 sections 4.1 and 7.2; 2.x part 2, C).

import { textAt } from "../../../ocpp/payload.js";
import type { Detector } from "./detector.js";

/** Detects id tags and tokens that the CSMS did not accept. */
export const failedAuthDetector: Detector = {
  codes: [
    {
      code: "failed-auth",
      class: "event",
      clause: "OCPP 1.6, 4.1 and 7.2 (AuthorizationStatus); OCPP 2.0.1 part 2, C01",
      doc: "The CSMS did not accept an id tag or token. It answered Authorize, StartTransaction, StopTransaction or TransactionEvent with another status than Accepted.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "answer" || event.exchange.direction !== "cp-to-csms") return;
    const { place, payload } = event.answer;
    for (const member of ["idTagInfo", "idTokenInfo"]) {
      const status = textAt(payload, member, "status");
      if (status === undefined || status === "Accepted") continue;
      const { action } = event.exchange;
      const message = `the CSMS answered ${action} with ${status.slice(0, 40)}: it did not accept the id tag or token`;
      report({ code: "failed-auth", place, action, pointer: `/2/${member}/status`, message });
    }
  },
};
