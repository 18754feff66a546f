// Answers that came late: peers give up waiting at about 30 s, and a charger's queue stands still meanwhile
// (OCPP-J 1.6 section 4.1.1: a request is answered or times out).

import type { Detector } from "./detector.js";
import { slowActions } from "./unanswered.js";

const csmsPatience = 10_000;
const stationPatience = 30_000;

/** Finds late answers. */
export const slowResponseDetector: Detector = {
  codes: [
    {
      code: "slow-csms-response",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (time-out of a request)",
      doc: "The CSMS took more than 10 s to answer. Chargers send nothing else meanwhile, and many give up.",
    },
    {
      code: "slow-station-response",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (time-out of a request)",
      doc: "The charge point took more than 30 s to answer. GetDiagnostics, UnlockConnector and UpdateFirmware may.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind !== "answer") return;
    const { exchange, answer } = event;
    const { place, direction, action, connection } = exchange;
    if (connection.isDisturbed || place.atMs === null || answer.place.atMs === null) return;
    const took = answer.place.atMs - place.atMs;
    const isOfCsms = direction === "cp-to-csms";
    if (took <= (isOfCsms ? csmsPatience : stationPatience) || slowActions.has(action)) return;
    report({
      code: isOfCsms ? "slow-csms-response" : "slow-station-response",
      place: answer.place,
      action,
      message: `the answer to ${action} came after ${(took / 1000).toFixed(1)} s`,
    });
  },
};
