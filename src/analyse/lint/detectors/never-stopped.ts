// Transactions without a stop (OCPP 1.6 sections 3.7 and 4.10). Mostly the recording ends before the transaction; it is a
// defect only if the connector became available again or the charger booted, and the stop had time to arrive.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

/** Time for the stop to arrive. */
const afterAvailableMs = 30_000;
const afterBootMs = 600_000;

interface Running {
  readonly transaction: ChargingTransaction;
  readonly start: Exchange;
  /** When the connector became Available, and when a boot was accepted. */
  availableAtMs: number | undefined;
  bootAtMs: number | undefined;
}

class RunningTransactions {
  private readonly transactions = new BoundedMap<string, Running>(500);

  handle(event: HistoryEvent, report: ReportDetection): void {
    switch (event.kind) {
      case "started":
        this.start(event.transaction, event.stillRunning);
        break;
      case "stopped":
        this.transactions.delete(event.id);
        break;
      case "call":
        this.call(event.exchange);
        break;
      case "answer":
        this.answer(event.exchange);
        break;
      case "end":
        for (const running of this.transactions.values()) judge(running, event.nowMs, report);
        break;
      default:
        break;
    }
  }

  private start(transaction: ChargingTransaction, before: ChargingTransaction | undefined): void {
    // repeated-transaction.ts judges a start while another transaction runs.
    if (before !== undefined) this.transactions.delete(before.id);
    const { start, isAccepted, id } = transaction;
    if (start === undefined || !isAccepted || start.connection.isDisturbed) return;
    this.transactions.set(id, { transaction, start, availableAtMs: undefined, bootAtMs: undefined });
  }

  private call(exchange: Exchange): void {
    const { action, direction, payload, place } = exchange;
    if (direction !== "cp-to-csms" || action !== "StatusNotification" || place.atMs === null) return;
    if (textAt(payload, "status") !== "Available") return;
    const connector = connectorOf(payload);
    const stated = statedTime(exchange)?.epochMs;
    for (const running of this.transactions.values()) {
      const { startedEpochMs } = running.transaction;
      if (running.transaction.connector !== connector) continue;
      if (stated !== undefined && startedEpochMs !== null && stated <= startedEpochMs) continue;
      running.availableAtMs ??= place.atMs;
    }
  }

  private answer({ action, answer }: Exchange): void {
    if (action !== "BootNotification" || answer?.kind !== "result" || answer.place.atMs === null) return;
    if (textAt(answer.payload, "status") !== "Accepted") return;
    for (const running of this.transactions.values())
      if (running.start.action === "StartTransaction") running.bootAtMs ??= answer.place.atMs;
  }
}

const judge = (
  { transaction, start, availableAtMs, bootAtMs }: Running,
  nowMs: number | null,
  report: ReportDetection,
): void => {
  const { place, action } = start;
  const isAvailable =
    availableAtMs !== undefined && nowMs !== null && nowMs - availableAtMs > afterAvailableMs;
  const hasBooted = bootAtMs !== undefined && nowMs !== null && nowMs - bootAtMs > afterBootMs;
  const shown = transaction.id.slice(0, 40);
  if (isAvailable || hasBooted) {
    const since = isAvailable ? "its connector became Available" : "the charger booted";
    const message = `the charger never sent a stop of transaction ${shown} although ${since}: its data may be lost`;
    report({ code: "transaction-never-stopped", place, action, message });
  } else
    report({
      code: "station-offline",
      place,
      action,
      message: `transaction ${shown} has no stop before the recording ends`,
    });
};

/** Detects transactions without a stop. */
export const neverStoppedDetector: Detector = {
  codes: [
    {
      code: "transaction-never-stopped",
      class: "defect",
      clause: "OCPP 1.6, 3.7 and 4.10 (a transaction that ends SHALL be reported by StopTransaction)",
      doc: "The charger never sent StopTransaction for a transaction that must have ended. Its connector became Available more than 30 s before the end of the recording, or the charger booted more than 10 minutes before it.",
    },
    {
      code: "station-offline",
      class: "event",
      clause: "OCPP 1.6, 4.10; OCPP 2.0.1 part 2, E06",
      doc: "A transaction has no stop before the recording ends.",
    },
  ],
  start: () => {
    const transactions = new RunningTransactions();
    return (event, report) => transactions.handle(event, report);
  },
};
