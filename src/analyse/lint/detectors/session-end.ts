// Transactions that end after a short time, or for a reason other than the driver's (OCPP 1.6 sections 4.10 and 7.36; 2.x
// ReasonEnumType). Both are allowed, so they are events.

import { textAt } from "../../../ocpp/payload.js";
import type { HistoryEvent } from "../../history/events.js";
import { transactionDurationMs } from "../../history/transactions.js";
import type { Detector, ReportDetection } from "./detector.js";

type StoppedEvent = Extract<HistoryEvent, { kind: "stopped" }>;

const shortMs = 60_000;

const unusualReasons: ReadonlySet<string> = new Set([
  "DeAuthorized",
  "EmergencyStop",
  "GroundFault",
  "HardReset",
  "ImmediateReset",
  "Other",
  "OvercurrentFault",
  "PowerLoss",
  "PowerQuality",
  "Reboot",
  "SoftReset",
  "Timeout",
  "UnlockCommand",
]);

const judgeDuration = ({ exchange, transaction }: StoppedEvent, report: ReportDetection): void => {
  const durationMs =
    transaction?.start === undefined ? undefined : transactionDurationMs(transaction, exchange);
  if (durationMs === undefined || durationMs < 0 || durationMs >= shortMs) return;
  const { place, action } = exchange;
  const message = `the charger ended the transaction after only ${(durationMs / 1000).toFixed(1)} s`;
  report({ code: "short-session", place, action, message });
};

const judgeReason = (
  { exchange }: StoppedEvent,
  isResetRequested: boolean,
  report: ReportDetection,
): void => {
  const { place, action, payload } = exchange;
  const pointer = action === "StopTransaction" ? "/3/reason" : "/3/transactionInfo/stoppedReason";
  const reason = textAt(payload, "reason") ?? textAt(payload, "transactionInfo", "stoppedReason");
  if (reason === undefined || !unusualReasons.has(reason) || (isResetRequested && reason.endsWith("Reset")))
    return;
  report({
    code: "unexpected-stop-reason",
    place,
    action,
    pointer,
    message: `the charger ended the transaction for the reason ${reason}, not at the driver's request`,
  });
};

/** Detects short transactions and unusual reasons. */
export const sessionEndDetector: Detector = {
  codes: [
    {
      code: "short-session",
      class: "event",
      clause: "OCPP 1.6, 4.10",
      doc: "The charger ended a transaction within 60 s.",
    },
    {
      code: "unexpected-stop-reason",
      class: "event",
      clause: "OCPP 1.6, 7.36 (Reason); OCPP 2.0.1 part 2, 3.67 (ReasonEnumType)",
      doc: "The charger ended a transaction for a reason that is not the driver's, such as Other, PowerLoss or EmergencyStop. A reset that the CSMS requested does not count.",
    },
  ],
  start: () => {
    let isResetRequested = false;
    return (event, report) => {
      if (event.kind === "call" && event.exchange.action === "Reset") isResetRequested = true;
      if (event.kind !== "stopped" || event.earlier !== undefined) return;
      judgeDuration(event, report);
      judgeReason(event, isResetRequested, report);
    };
  },
};
