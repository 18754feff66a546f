// Long transactions without meter readings (OCPP 1.6 section 4.7, MeterValueSampleInterval; 2.x J02).

import { BoundedMap } from "../../../base/bounded-map.js";
import { configuredNumber } from "../../history/configured.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "../../history/events.js";
import { transactionDurationMs } from "../../history/transactions.js";
import type { Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";

const longMs = 900_000;
/** Contexts of the readings at the beginning and the end of a transaction. */
const endContexts = /^Transaction\.(?:Begin|End)$/;

interface Running {
  readonly transaction: ChargingTransaction;
  hasReadings: boolean;
}

const judge = (
  { start, id }: ChargingTransaction,
  durationMs: number | undefined,
  report: ReportDetection,
): void => {
  if (start === undefined || durationMs === undefined || durationMs <= longMs) return;
  const { place, action } = start;
  const message = `the charger sent no meter reading in the ${(durationMs / 60_000).toFixed(0)} min of transaction ${id.slice(0, 40)}`;
  report({ code: "meter-value-gap", place, action, message });
};

class Readings {
  private readonly transactions = new BoundedMap<string, Running>(500);
  /** The configured interval of readings in seconds; 0: none. */
  private interval: number | undefined;

  handle(event: HistoryEvent, report: ReportDetection): void {
    switch (event.kind) {
      case "answer":
        this.learnInterval(event.exchange);
        break;
      case "started":
        this.start(event.transaction);
        break;
      case "samples":
        this.samples(event.transaction, event.samples);
        break;
      case "stopped":
        this.settle(event.id, (transaction) => transactionDurationMs(transaction, event.exchange), report);
        break;
      case "end":
        for (const id of [...this.transactions.keys()])
          this.settle(id, (transaction) => sinceStartMs(transaction, event.nowMs), report);
        break;
      default:
        break;
    }
  }

  private learnInterval(exchange: Exchange): void {
    for (const key of ["MeterValueSampleInterval", "TxUpdatedInterval"])
      this.interval = configuredNumber(exchange, key) ?? this.interval;
  }

  private start(transaction: ChargingTransaction): void {
    if (!transaction.isAccepted || transaction.start?.connection.isDisturbed !== false) return;
    this.transactions.set(transaction.id, { transaction, hasReadings: false });
  }

  private samples(transaction: ChargingTransaction | undefined, samples: readonly Sample[]): void {
    const running = transaction === undefined ? undefined : this.transactions.get(transaction.id);
    if (running !== undefined && samples.some(({ context }) => !endContexts.test(context)))
      running.hasReadings = true;
  }

  private settle(
    id: string,
    durationOf: (transaction: ChargingTransaction) => number | undefined,
    report: ReportDetection,
  ): void {
    const running = this.transactions.get(id);
    this.transactions.delete(id);
    if (running === undefined || running.hasReadings || this.interval === 0) return;
    judge(running.transaction, durationOf(running.transaction), report);
  }
}

const sinceStartMs = ({ start }: ChargingTransaction, nowMs: number | null): number | undefined => {
  const fromMs = start?.place.atMs ?? null;
  return fromMs === null || nowMs === null ? undefined : nowMs - fromMs;
};

/** Detects long transactions without a reading. */
export const meterValueGapDetector: Detector = {
  codes: [
    {
      code: "meter-value-gap",
      class: "smell",
      clause: "OCPP 1.6, 4.7 and 9.1 (MeterValueSampleInterval); OCPP 2.0.1 part 2, J02",
      doc: "The charger sent no meter reading during a transaction of more than 15 minutes, except those at its beginning and end. Nothing is reported if the configured interval is known to be 0.",
    },
  ],
  start: () => {
    const readings = new Readings();
    return (event, report) => readings.handle(event, report);
  },
};
