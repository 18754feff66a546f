// Remote starts: accepted ones after which nothing happened, and ones that say what they must not (OCPP 1.6
// sections 5.11 and 9.1, ConnectionTimeOut; errata 2025-04 3.41; 2.x part 2, F01 and F02).

import { connectorOf, textAt, valueAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

const spare = 30_000;
const mostOpen = 100;

interface Accepted {
  readonly exchange: Exchange;
  readonly connector: string | undefined;
  readonly until: number;
}

const isEffect = ({ connector }: Accepted, { action, payload }: Exchange): boolean => {
  if (action === "StartTransaction" || action === "TransactionEvent") return true;
  if (action !== "StatusNotification") return false;
  const reported = connectorOf(payload);
  return connector === undefined ? reported !== "0" : reported === connector;
};

class RemoteStarts {
  private open: Accepted[] = [];
  private timeOut = 180;

  see(event: HistoryEvent, report: ReportDetection): void {
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
        message: "a remote start whose charging profile names a transaction",
      });
  }

  private answer(exchange: Exchange): void {
    const { action, answer, payload, connection } = exchange;
    for (const key of ["ConnectionTimeOut", "EVConnectionTimeOut"])
      this.timeOut = configuredNumber(exchange, key) ?? this.timeOut;
    if (!/^(?:Remote|Request)StartTransaction$/.test(action) || answer?.kind !== "result") return;
    if (textAt(answer.payload, "status") !== "Accepted" || answer.place.atMs === null) return;
    if (connection.isDisturbed || this.open.length >= mostOpen) return;
    const connector = connectorOf(payload);
    this.open.push({ exchange, connector, until: answer.place.atMs + this.timeOut * 1000 + spare });
  }

  private settle(now: number | null, report: ReportDetection): void {
    if (now === null || this.open.length === 0) return;
    for (const { exchange, until } of this.open.filter((accepted) => accepted.until < now)) {
      const { place, action } = exchange;
      const message = `${action} was accepted, and neither a transaction nor a status followed in ${this.timeOut + spare / 1000} s`;
      if (until < now) report({ code: "remote-start-without-effect", place, action, message, by: "charger" });
    }
    this.open = this.open.filter((accepted) => accepted.until >= now);
  }
}

/** Judges remote starts. */
export const remoteStartDetector: Detector = {
  codes: [
    {
      code: "remote-start-without-effect",
      class: "smell",
      clause: "OCPP 1.6, 5.11 and 9.1 (ConnectionTimeOut); OCPP 2.0.1 part 2, F02",
      doc: "The charger accepted a remote start, and for ConnectionTimeOut (180 s where it is unknown) and 30 s more neither a transaction nor any status of that connector came. The driver may simply not have plugged in, but then the charger should have said Preparing and Available.",
    },
    {
      code: "remote-start-profile-transaction",
      class: "defect",
      clause: "OCPP 1.6, errata 2025-04, 3.41 (transactionId SHALL NOT be set)",
      doc: "RemoteStartTransaction with a charging profile that names a transaction: there is none yet.",
    },
  ],
  start: () => {
    const starts = new RemoteStarts();
    return (event, report) => starts.see(event, report);
  },
};
