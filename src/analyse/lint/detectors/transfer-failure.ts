// Failed uploads of diagnostics and logs, and failed updates of firmware (OCPP 1.6 sections 4.4 and 4.5; security
// whitepaper; 2.x part 2, L and N).

import { textAt } from "../../../ocpp/payload.js";
import type { Detector } from "./detector.js";

const failure = /fail|invalid|permissiondenied|badmessage|notsupported|revoked/i;

const codeOf = (action: string): string | undefined => {
  if (/^(?:DiagnosticsStatus|LogStatus)Notification$/.test(action)) return "diagnostics-failure";
  return /FirmwareStatusNotification$/.test(action) ? "firmware-failure" : undefined;
};

/** Detects failed uploads and updates. */
export const transferFailureDetector: Detector = {
  codes: [
    {
      code: "diagnostics-failure",
      class: "event",
      clause: "OCPP 1.6, 4.4 and 7.17; security whitepaper, LogStatusNotification; OCPP 2.0.1 part 2, N01",
      doc: "The charger reported that it could not create or upload diagnostics or a log.",
    },
    {
      code: "firmware-failure",
      class: "event",
      clause:
        "OCPP 1.6, 4.5 and 7.25; security whitepaper, SignedFirmwareStatusNotification; OCPP 2.0.1 part 2, L01",
      doc: "The charger reported that a firmware update failed.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "call" || event.exchange.direction !== "cp-to-csms") return;
    const { action, payload, place } = event.exchange;
    const code = codeOf(action);
    const status = textAt(payload, "status");
    if (code === undefined || status === undefined || !failure.test(status)) return;
    report({
      code,
      place,
      action,
      pointer: "/3/status",
      message: `the charger reported the status ${status.slice(0, 60)} with ${action}: the ${code === "firmware-failure" ? "firmware update" : "upload"} failed`,
    });
  },
};
