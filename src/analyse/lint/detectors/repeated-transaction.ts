// StartTransaction and StopTransaction that are sent twice (OCPP 1.6 section 3.7.1: a message without an answer or with a
// CALLERROR is sent again; any other repetition is a second transaction).

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf } from "../../../ocpp/payload.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";
import { isSameRequest, retryCode, retryOf } from "./retry.js";

const mostKept = 500;

/** Judges a message that repeats an earlier one; false if its content differs. */
const judgeRepetition = (exchange: Exchange, earlier: Exchange, report: ReportDetection): boolean => {
  if (!isSameRequest(exchange, earlier)) return false;
  const { place, action } = exchange;
  const retry = retryOf(exchange, earlier);
  if (retry === undefined)
    report({
      code: "queued-twice",
      place,
      action,
      message: `the charger sent the same ${action} again although the CSMS had answered it`,
    });
  // duplicate-id.ts reports a retry with the same id.
  else if (earlier.id !== exchange.id) report(retry);
  return true;
};

class Repetitions {
  /** The last StartTransaction and the running transaction of each connector, the last StopTransaction of each id. */
  private readonly starts = new BoundedMap<string, Exchange>(mostKept);
  private readonly running = new BoundedMap<string, string>(mostKept);
  private readonly stops = new BoundedMap<string, Exchange>(mostKept);

  handle(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "call" && event.exchange.action === "StartTransaction")
      this.start(event.exchange, report);
    else if (event.kind === "stopped" && event.exchange.action === "StopTransaction")
      this.stop(event, report);
    else if (
      event.kind === "started" &&
      event.transaction.isAccepted &&
      event.transaction.connector !== undefined
    )
      this.running.set(event.transaction.connector, event.transaction.id);
  }

  private start(exchange: Exchange, report: ReportDetection): void {
    const connector = connectorOf(exchange.payload);
    if (connector === undefined || exchange.connection.isDisturbed) return;
    const earlier = this.starts.get(connector);
    const running = this.running.get(connector);
    this.starts.set(connector, exchange);
    if (earlier === undefined || judgeRepetition(exchange, earlier, report)) return;
    if (running === undefined || earlier.answer?.kind !== "result") return;
    report({
      code: "started-twice",
      place: exchange.place,
      action: exchange.action,
      pointer: "/3/connectorId",
      message: `the charger started a transaction on connector ${connector.slice(0, 20)} but never stopped transaction ${running.slice(0, 40)} before it`,
    });
    this.running.delete(connector);
  }

  private stop(
    { id, exchange, transaction }: Extract<HistoryEvent, { kind: "stopped" }>,
    report: ReportDetection,
  ): void {
    for (const [connector, running] of this.running) if (running === id) this.running.delete(connector);
    const earlier = this.stops.get(id);
    this.stops.set(id, exchange);
    if (
      earlier === undefined ||
      exchange.connection.isDisturbed ||
      judgeRepetition(exchange, earlier, report)
    )
      return;
    // The CSMS may have used the id for a second transaction.
    if (transaction?.start !== undefined && transaction.start.place.entry > earlier.place.entry) return;
    if (earlier.answer?.kind !== "result") return;
    report({
      code: "stopped-twice",
      place: exchange.place,
      action: exchange.action,
      pointer: "/3/transactionId",
      message: `the charger stopped transaction ${id.slice(0, 40)} a second time, with other content`,
    });
  }
}

/** Detects transactions that start or stop twice. */
export const repeatedTransactionDetector: Detector = {
  codes: [
    {
      code: "queued-twice",
      class: "smell",
      clause: "OCPP 1.6, 3.7.1 (a message that was answered leaves the queue)",
      doc: "The charger sent the same StartTransaction or StopTransaction again although the CSMS had answered it.",
    },
    {
      code: "started-twice",
      class: "defect",
      clause: "OCPP 1.6, 4.8 and 4.10 (a transaction that ends SHALL be reported by StopTransaction)",
      doc: "The charger started a transaction on a connector without stopping the one before, which the CSMS had answered.",
    },
    {
      code: "stopped-twice",
      class: "defect",
      clause: "OCPP 1.6, 4.10 (one StopTransaction for a transaction)",
      doc: "The charger stopped a transaction a second time with other content although the CSMS had answered the first StopTransaction.",
    },
    retryCode,
  ],
  start: () => {
    const repetitions = new Repetitions();
    return (event, report) => repetitions.handle(event, report);
  },
};
