// Answers that are late (OCPP-J 1.6 section 4.1.1: a request is answered or times out). Many peers stop waiting after
// about 30 s, and a charger sends nothing else until then.

import { slowActions } from "../../history/slow-actions.js";
import { type Detector, senderName } from "./detector.js";

const csmsLimitMs = 10_000;
const stationLimitMs = 30_000;

/** Detects late answers. */
export const slowResponseDetector: Detector = {
  codes: [
    {
      code: "slow-csms-response",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (timeout of a request)",
      doc: "The CSMS took more than 10 s to answer. A charger sends nothing else until then, and many chargers stop waiting.",
    },
    {
      code: "slow-station-response",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (timeout of a request)",
      doc: "The charger took more than 30 s to answer. GetDiagnostics, UnlockConnector and UpdateFirmware do not count.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "answer") return;
    const { exchange, answer } = event;
    const { place, direction, action, connection } = exchange;
    if (connection.isDisturbed || place.atMs === null || answer.place.atMs === null) return;
    const latencyMs = answer.place.atMs - place.atMs;
    const isCsms = direction === "cp-to-csms";
    if (latencyMs <= (isCsms ? csmsLimitMs : stationLimitMs) || slowActions.has(action)) return;
    report({
      code: isCsms ? "slow-csms-response" : "slow-station-response",
      place: answer.place,
      action,
      message: `${senderName(answer.place.direction)} answered ${action} only after ${(latencyMs / 1000).toFixed(1)} s`,
    });
  },
};
