// StartTransaction and StopTransaction that come twice (OCPP 1.6 section 3.7.1: what got no answer or a CALLERROR
// is sent again; whatever else comes twice is a second transaction where there is one).

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf } from "../../../ocpp/payload.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import { payloadKey } from "../../messages/payload-text.js";
import type { Detector, ReportDetection } from "./detector.js";

const isSame = (a: Exchange, b: Exchange): boolean => payloadKey(a.payload) === payloadKey(b.payload);

const mostKept = 500;

/** Reports what a message is that repeats an earlier one; true where that is said. */
const judgeEqual = (exchange: Exchange, earlier: Exchange, report: ReportDetection): boolean => {
  if (!isSame(exchange, earlier)) return false;
  const { place, action } = exchange;
  const isRetry = earlier.answer?.kind !== "result";
  // Under the id of the first one it was told as a retry of that id already.
  if (isRetry && earlier.id === exchange.id) return true;
  report({
    code: isRetry ? "retry" : "queued-twice",
    place,
    action,
    message: isRetry
      ? `${action} again: the first got ${earlier.answer === undefined ? "no answer" : "a CALLERROR"}`
      : `the same ${action} again, though the first was answered`,
  });
  return true;
};

class Repeats {
  private readonly starts = new BoundedMap<string, Exchange>(mostKept);
  private readonly running = new BoundedMap<string, string>(mostKept);
  private readonly stops = new BoundedMap<string, Exchange>(mostKept);

  see(event: HistoryEvent, report: ReportDetection): void {
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
    if (earlier === undefined || judgeEqual(exchange, earlier, report)) return;
    if (running === undefined || earlier.answer?.kind !== "result") return;
    report({
      code: "started-twice",
      place: exchange.place,
      action: exchange.action,
      pointer: "/3/connectorId",
      message: `connector ${connector.slice(0, 20)} starts a transaction while ${running.slice(0, 40)} is not stopped`,
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
    if (earlier === undefined || exchange.connection.isDisturbed || judgeEqual(exchange, earlier, report))
      return;
    // The CSMS may have handed the id out again.
    if (transaction?.start !== undefined && transaction.start.place.entry > earlier.place.entry) return;
    if (earlier.answer?.kind !== "result") return;
    report({
      code: "stopped-twice",
      place: exchange.place,
      action: exchange.action,
      pointer: "/3/transactionId",
      message: `transaction ${id.slice(0, 40)} was stopped before, with other content`,
    });
  }
}

/** Finds transactions that start or stop twice. */
export const repeatedTransactionDetector: Detector = {
  codes: [
    {
      code: "queued-twice",
      class: "smell",
      clause: "OCPP 1.6, 3.7.1 (a message that was answered leaves the queue)",
      doc: "The same StartTransaction or StopTransaction again, though the first one was answered.",
    },
    {
      code: "started-twice",
      class: "defect",
      clause: "OCPP 1.6, 4.8 and 4.10 (a transaction that ends SHALL be reported by StopTransaction)",
      doc: "A connector starts a transaction while the one before was answered and never stopped.",
    },
    {
      code: "stopped-twice",
      class: "defect",
      clause: "OCPP 1.6, 4.10 (one StopTransaction for a transaction)",
      doc: "A transaction is stopped a second time with other content, though the first StopTransaction was answered.",
    },
  ],
  start: () => {
    const repeats = new Repeats();
    return (event, report) => repeats.see(event, report);
  },
};
