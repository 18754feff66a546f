// Transactions that never stop. Mostly the recording ends first; it is a defect only where the connector is free
// again or the charger booted, and the stop had time to come (OCPP 1.6 sections 3.7 and 4.10).

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

const afterFree = 30_000;
const afterBoot = 600_000;

interface Running {
  readonly transaction: ChargingTransaction;
  readonly start: Exchange;
  freeAt: number | undefined;
  bootAt: number | undefined;
}

class Watched {
  private readonly running = new BoundedMap<string, Running>(500);

  see(event: HistoryEvent, report: ReportDetection): void {
    switch (event.kind) {
      case "started":
        this.start(event.transaction, event.stillRunning);
        break;
      case "stopped":
        this.running.delete(event.id);
        break;
      case "call":
        this.call(event.exchange);
        break;
      case "answer":
        this.answer(event.exchange);
        break;
      case "end":
        for (const one of this.running.values()) judge(one, event.nowMs, report);
        break;
      default:
        break;
    }
  }

  private start(transaction: ChargingTransaction, before: ChargingTransaction | undefined): void {
    // What starts while another one runs is judged there.
    if (before !== undefined) this.running.delete(before.id);
    const { start, isAccepted, id } = transaction;
    if (start === undefined || !isAccepted || start.connection.isDisturbed) return;
    this.running.set(id, { transaction, start, freeAt: undefined, bootAt: undefined });
  }

  private call(exchange: Exchange): void {
    const { action, direction, payload, place } = exchange;
    if (direction !== "cp-to-csms" || action !== "StatusNotification" || place.atMs === null) return;
    if (textAt(payload, "status") !== "Available") return;
    const connector = connectorOf(payload);
    const stated = statedTime(exchange)?.epochMs;
    for (const one of this.running.values()) {
      const { startedEpochMs } = one.transaction;
      if (one.transaction.connector !== connector) continue;
      if (stated !== undefined && startedEpochMs !== null && stated <= startedEpochMs) continue;
      one.freeAt ??= place.atMs;
    }
  }

  private answer({ action, answer }: Exchange): void {
    if (action !== "BootNotification" || answer?.kind !== "result" || answer.place.atMs === null) return;
    if (textAt(answer.payload, "status") !== "Accepted") return;
    for (const one of this.running.values())
      if (one.start.action === "StartTransaction") one.bootAt ??= answer.place.atMs;
  }
}

const judge = (
  { transaction, start, freeAt, bootAt }: Running,
  now: number | null,
  report: ReportDetection,
): void => {
  const { place, action } = start;
  const isFree = freeAt !== undefined && now !== null && now - freeAt > afterFree;
  const hasBooted = bootAt !== undefined && now !== null && now - bootAt > afterBoot;
  const shown = transaction.id.slice(0, 40);
  if (isFree || hasBooted) {
    const why = isFree ? "its connector is Available since" : "the charger booted since";
    const message = `transaction ${shown} never stops, though ${why}`;
    report({ code: "transaction-never-stopped", place, action, message });
  } else
    report({ code: "station-offline", place, action, message: `transaction ${shown} is open at the end` });
};

/** Finds transactions without an end. */
export const neverStoppedDetector: Detector = {
  codes: [
    {
      code: "transaction-never-stopped",
      class: "defect",
      clause: "OCPP 1.6, 3.7 and 4.10 (a transaction that ends SHALL be reported by StopTransaction)",
      doc: "A transaction without StopTransaction, although its connector reported Available and 30 s passed, or the charger booted and 10 minutes passed.",
    },
    {
      code: "station-offline",
      class: "event",
      clause: "OCPP 1.6, 4.10; OCPP 2.0.1 part 2, E06",
      doc: "A transaction is still open where the recording ends.",
    },
  ],
  start: () => {
    const watched = new Watched();
    return (event, report) => watched.see(event, report);
  },
};
