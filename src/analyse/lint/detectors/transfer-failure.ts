// Uploads of diagnostics and logs, and updates of firmware, that failed (OCPP 1.6 sections 4.4, 4.5; security
// whitepaper; 2.x part 2, L and N).

import { textAt } from "../../../ocpp/payload.js";
import type { Detector } from "./detector.js";

const failure = /fail|invalid|permissiondenied|badmessage|notsupported|revoked/i;

const codeOf = (action: string): string | undefined => {
  if (/^(?:DiagnosticsStatus|LogStatus)Notification$/.test(action)) return "diagnostics-failure";
  return /FirmwareStatusNotification$/.test(action) ? "firmware-failure" : undefined;
};

/** Tells of uploads and updates that failed. */
export const transferFailureDetector: Detector = {
  codes: [
    {
      code: "diagnostics-failure",
      class: "event",
      clause: "OCPP 1.6, 4.4 and 7.17; security whitepaper, LogStatusNotification; OCPP 2.0.1 part 2, N01",
      doc: "The charger reports that making or uploading diagnostics or a log failed.",
    },
    {
      code: "firmware-failure",
      class: "event",
      clause:
        "OCPP 1.6, 4.5 and 7.25; security whitepaper, SignedFirmwareStatusNotification; OCPP 2.0.1 part 2, L01",
      doc: "The charger reports that a firmware update failed.",
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
      message: `${action} reports ${status.slice(0, 60)}`,
    });
  },
};
