// How transactions end: after a moment only, or for a reason that is no driver's (OCPP 1.6 sections 4.10 and 7.36;
// 2.x ReasonEnumType). Legal, hence events.

import { textAt } from "../../../ocpp/payload.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

type StoppedEvent = Extract<HistoryEvent, { kind: "stopped" }>;

const shortMs = 60_000;

const unusual: ReadonlySet<string> = new Set([
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

/** How long a transaction took: by the charger's clock, else by the recording's; undefined where neither tells. */
export function durationOf(
  { start, startedEpochMs }: ChargingTransaction,
  stop: Exchange,
): number | undefined {
  const stated = statedTime(stop)?.epochMs;
  if (startedEpochMs !== null && stated !== undefined) return stated - startedEpochMs;
  if (start === undefined || start.place.atMs === null || stop.place.atMs === null) return undefined;
  return stop.place.atMs - start.place.atMs;
}

const tellShort = ({ exchange, transaction }: StoppedEvent, report: ReportDetection): void => {
  const took = transaction?.start === undefined ? undefined : durationOf(transaction, exchange);
  if (took === undefined || took < 0 || took >= shortMs) return;
  const { place, action } = exchange;
  const message = `the transaction took ${(took / 1000).toFixed(1)} s`;
  report({ code: "short-session", place, action, message });
};

const tellReason = ({ exchange }: StoppedEvent, isResetAsked: boolean, report: ReportDetection): void => {
  const { place, action, payload } = exchange;
  const pointer = action === "StopTransaction" ? "/3/reason" : "/3/transactionInfo/stoppedReason";
  const reason = textAt(payload, "reason") ?? textAt(payload, "transactionInfo", "stoppedReason");
  if (reason === undefined || !unusual.has(reason) || (isResetAsked && reason.endsWith("Reset"))) return;
  report({
    code: "unexpected-stop-reason",
    place,
    action,
    pointer,
    message: `the transaction ended for ${reason}`,
  });
};

/** Tells of short transactions and unusual reasons. */
export const sessionEndDetector: Detector = {
  codes: [
    {
      code: "short-session",
      class: "event",
      clause: "OCPP 1.6, 4.10",
      doc: "A transaction that ended within 60 s.",
    },
    {
      code: "unexpected-stop-reason",
      class: "event",
      clause: "OCPP 1.6, 7.36 (Reason); OCPP 2.0.1 part 2, 3.67 (ReasonEnumType)",
      doc: "A transaction ended for a legal reason that is no driver's: Other, PowerLoss, EmergencyStop and the like. A reset that the CSMS asked for is no surprise.",
    },
  ],
  start: () => {
    let isResetAsked = false;
    return (event, report) => {
      if (event.kind === "call" && event.exchange.action === "Reset") isResetAsked = true;
      if (event.kind !== "stopped" || event.earlier !== undefined) return;
      tellShort(event, report);
      tellReason(event, isResetAsked, report);
    };
  },
};
