// Transactions without readings (OCPP 1.6 section 4.7 and MeterValueSampleInterval: 0 means none; 2.x J02).

import { BoundedMap } from "../../../base/bounded-map.js";
import { configuredNumber } from "../../history/configured.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "../../history/events.js";
import type { Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";
import { durationOf } from "./session-end.js";

const longMs = 900_000;

interface Watched {
  readonly transaction: ChargingTransaction;
  hasReadings: boolean;
}

const tell = (
  { start, id }: ChargingTransaction,
  took: number | undefined,
  report: ReportDetection,
): void => {
  if (start === undefined || took === undefined || took <= longMs) return;
  const { place, action } = start;
  const message = `transaction ${id.slice(0, 40)} of ${(took / 60_000).toFixed(0)} min without a reading`;
  report({ code: "meter-value-gap", place, action, message });
};

class Readings {
  private readonly running = new BoundedMap<string, Watched>(500);
  private interval: number | undefined;

  see(event: HistoryEvent, report: ReportDetection): void {
    switch (event.kind) {
      case "answer":
        this.learn(event.exchange);
        break;
      case "started":
        this.start(event.transaction);
        break;
      case "samples":
        this.samples(event.transaction, event.samples);
        break;
      case "stopped":
        this.settle(event.id, (transaction) => durationOf(transaction, event.exchange), report);
        break;
      case "end":
        for (const id of [...this.running.keys()])
          this.settle(id, (transaction) => passedSince(transaction, event.nowMs), report);
        break;
      default:
        break;
    }
  }

  private learn(exchange: Exchange): void {
    for (const key of ["MeterValueSampleInterval", "TxUpdatedInterval"])
      this.interval = configuredNumber(exchange, key) ?? this.interval;
  }

  private start(transaction: ChargingTransaction): void {
    if (!transaction.isAccepted || transaction.start?.connection.isDisturbed !== false) return;
    this.running.set(transaction.id, { transaction, hasReadings: false });
  }

  private samples(transaction: ChargingTransaction | undefined, samples: readonly Sample[]): void {
    const watched = transaction === undefined ? undefined : this.running.get(transaction.id);
    if (watched !== undefined && samples.some(({ context }) => !ofEnds.test(context)))
      watched.hasReadings = true;
  }

  private settle(
    id: string,
    tookOf: (transaction: ChargingTransaction) => number | undefined,
    report: ReportDetection,
  ): void {
    const watched = this.running.get(id);
    this.running.delete(id);
    if (watched === undefined || watched.hasReadings || this.interval === 0) return;
    tell(watched.transaction, tookOf(watched.transaction), report);
  }
}

const ofEnds = /^Transaction\.(?:Begin|End)$/;

const passedSince = ({ start }: ChargingTransaction, now: number | null): number | undefined => {
  const from = start?.place.atMs ?? null;
  return from === null || now === null ? undefined : now - from;
};

/** Finds long transactions without a reading. */
export const meterValueGapDetector: Detector = {
  codes: [
    {
      code: "meter-value-gap",
      class: "smell",
      clause: "OCPP 1.6, 4.7 and 9.1 (MeterValueSampleInterval); OCPP 2.0.1 part 2, J02",
      doc: "A transaction of more than 15 minutes without a reading but those of its begin and end. Where the sample interval is known to be 0, nothing is said.",
    },
  ],
  start: () => {
    const readings = new Readings();
    return (event, report) => readings.see(event, report);
  },
};
