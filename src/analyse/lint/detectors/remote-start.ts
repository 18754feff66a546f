// Remote starts: accepted ones without an effect, and ones with a forbidden member (OCPP 1.6 sections 5.11 and 9.1,
// ConnectionTimeOut; errata 2025-04 3.41; 2.x part 2, F01 and F02).

import { connectorOf, textAt, valueAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

/** Time in addition to the connection timeout. */
const graceMs = 30_000;
const mostOpen = 100;

/** An accepted remote start without an effect so far. */
interface Accepted {
  readonly exchange: Exchange;
  readonly connector: string | undefined;
  readonly untilMs: number;
}

const isEffect = ({ connector }: Accepted, { action, payload }: Exchange): boolean => {
  if (action === "StartTransaction" || action === "TransactionEvent") return true;
  if (action !== "StatusNotification") return false;
  const reported = connectorOf(payload);
  return connector === undefined ? reported !== "0" : reported === connector;
};

class RemoteStarts {
  private open: Accepted[] = [];
  /** ConnectionTimeOut or EVConnectionTimeOut, in seconds. */
  private timeout = 180;

  handle(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "call") this.call(event.exchange, report);
    if (event.kind === "answer") this.answer(event.exchange);
    if (event.kind === "closed")
      this.open = this.open.filter(({ exchange }) => exchange.connection !== event.connection);
    this.settle(event.nowMs, report);
  }

  private call(exchange: Exchange, report: ReportDetection): void {
    const { action, direction, payload, place } = exchange;
    if (direction === "cp-to-csms") this.open = this.open.filter((accepted) => !isEffect(accepted, exchange));
    else if (
      action === "RemoteStartTransaction" &&
      valueAt(payload, "chargingProfile", "transactionId") !== undefined
    )
      report({
        code: "remote-start-profile-transaction",
        place,
        action,
        pointer: "/3/chargingProfile/transactionId",
        message:
          "the CSMS sent a remote start with a charging profile for a transaction that does not exist yet",
      });
  }

  private answer(exchange: Exchange): void {
    const { action, answer, payload, connection } = exchange;
    for (const key of ["ConnectionTimeOut", "EVConnectionTimeOut"])
      this.timeout = configuredNumber(exchange, key) ?? this.timeout;
    if (!/^(?:Remote|Request)StartTransaction$/.test(action) || answer?.kind !== "result") return;
    if (textAt(answer.payload, "status") !== "Accepted" || answer.place.atMs === null) return;
    if (connection.isDisturbed || this.open.length >= mostOpen) return;
    const connector = connectorOf(payload);
    this.open.push({ exchange, connector, untilMs: answer.place.atMs + this.timeout * 1000 + graceMs });
  }

  private settle(nowMs: number | null, report: ReportDetection): void {
    if (nowMs === null || this.open.length === 0) return;
    for (const { exchange } of this.open.filter(({ untilMs }) => untilMs < nowMs)) {
      const { place, action } = exchange;
      const message = `the charger accepted ${action}, but sent neither a transaction nor a status within ${this.timeout + graceMs / 1000} s`;
      report({ code: "remote-start-without-effect", place, action, message, by: "charger" });
    }
    this.open = this.open.filter(({ untilMs }) => untilMs >= nowMs);
  }
}

/** Detects remote starts without an effect or with a forbidden member. */
export const remoteStartDetector: Detector = {
  codes: [
    {
      code: "remote-start-without-effect",
      class: "smell",
      clause: "OCPP 1.6, 5.11 and 9.1 (ConnectionTimeOut); OCPP 2.0.1 part 2, F02",
      doc: "The charger accepted a remote start, but sent neither a transaction nor a status of the connector within ConnectionTimeOut (180 s if unknown) plus 30 s. If the driver did not plug in, the charger should have reported Preparing and then Available.",
    },
    {
      code: "remote-start-profile-transaction",
      class: "defect",
      clause: "OCPP 1.6, errata 2025-04, 3.41 (transactionId SHALL NOT be set)",
      doc: "The CSMS sent RemoteStartTransaction with a charging profile that has a transactionId, but no transaction exists yet.",
    },
  ],
  start: () => {
    const starts = new RemoteStarts();
    return (event, report) => starts.handle(event, report);
  },
};
