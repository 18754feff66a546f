// Energy registers that run backwards within a transaction (OCPP 1.6 section 7.31: a register of the meter). Each
// register is one of connector, measurand, phase, location and unit; order is that of sampling, not of arrival.

import { BoundedMap } from "../../../base/bounded-map.js";
import { numberAt } from "../../../ocpp/payload.js";
import type { ChargingTransaction, HistoryEvent, RecordingPlace } from "../../history/events.js";
import type { Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";

type SamplesEvent = Extract<HistoryEvent, { kind: "samples" }>;

const mostRegisters = 5000;

interface Register {
  value: number;
  digit: number;
  at: number | null;
}

const isBelow = (value: number, digit: number, than: Register): boolean =>
  than.value - value > Math.max(1, digit, than.digit) * 1.000_001;

const shown = (value: number): string => String(Math.round(value * 1000) / 1000);

class Registers {
  private readonly known = new BoundedMap<string, Register>(mostRegisters);
  /** Where each connector's meter stood when its last transaction ended. */
  private readonly ends = new BoundedMap<string, number>(1000);

  see(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "samples") this.samples(event, report);
    else if (event.kind === "started") this.started(event.transaction, report);
    else if (event.kind === "stopped" && event.earlier === undefined)
      this.stopped(event.exchange.payload, event.transaction, event.exchange.place, report);
  }

  private samples(
    { exchange, transaction, connector, samples }: SamplesEvent,
    report: ReportDetection,
  ): void {
    if (transaction === undefined) return;
    for (const sample of samples) {
      if (!sample.measurand.startsWith("Energy.") || !sample.measurand.endsWith(".Register")) continue;
      const { measurand, phase, location, unit } = sample;
      const key = JSON.stringify([transaction.id, connector, measurand, phase, location, unit]);
      this.sample(key, sample, exchange.place, exchange.action, report);
    }
  }

  private sample(
    key: string,
    sample: Sample,
    place: RecordingPlace,
    action: string,
    report: ReportDetection,
  ): void {
    const { value, resolution, epochMs, pointer, measurand, unit } = sample;
    const last = this.known.get(key);
    // What was sampled earlier says nothing, nor do two readings of one moment.
    if (last !== undefined && epochMs !== null && last.at !== null && epochMs <= last.at) return;
    if (last === undefined) {
      this.known.set(key, { value, digit: resolution, at: epochMs });
      return;
    }
    if (value === 0 && last.value > 0) {
      const message = `${measurand} reads 0 after ${shown(last.value)} ${unit}`;
      report({ code: "meter-zero", place, action, pointer, message });
      return;
    }
    if (isBelow(value, resolution, last)) {
      const message = `${measurand} falls from ${shown(last.value)} to ${shown(value)} ${unit} within a transaction`;
      report({ code: "meter-anomaly", place, action, pointer, message });
    }
    Object.assign(last, { value, digit: resolution, at: epochMs });
  }

  private started({ connector, meterStart, start }: ChargingTransaction, report: ReportDetection): void {
    const end = connector === undefined ? undefined : this.ends.get(connector);
    if (end === undefined || meterStart === undefined || start === undefined || end - meterStart <= 1) return;
    const message = `meterStart ${shown(meterStart)} is below the ${shown(end)} at which the last transaction ended`;
    const { place, action } = start;
    report({ code: "meter-lower-than-before", place, action, pointer: "/3/meterStart", message });
  }

  private stopped(
    payload: unknown,
    transaction: ChargingTransaction | undefined,
    place: RecordingPlace,
    report: ReportDetection,
  ): void {
    const meterStop = numberAt(payload, "meterStop");
    if (meterStop === undefined) return;
    const meterStart = transaction?.meterStart;
    if (transaction?.connector !== undefined) this.ends.set(transaction.connector, meterStop);
    if (meterStart === undefined || meterStart - meterStop <= 1) return;
    const message = `meterStop ${shown(meterStop)} is below meterStart ${shown(meterStart)}`;
    report({ code: "meter-anomaly", place, action: "StopTransaction", pointer: "/3/meterStop", message });
  }
}

/** Finds meters that run backwards. */
export const meterAnomalyDetector: Detector = {
  codes: [
    {
      code: "meter-anomaly",
      class: "smell",
      clause: "OCPP 1.6, 7.31 (a register of the meter); OCPP 2.0.1 part 2, 3.56",
      doc: "An energy register falls within a transaction by more than 1 Wh and one digit: same connector, measurand (Energy.Active.Import.Register where none is named), phase, location and unit, in the order of sampling. Or meterStop is below meterStart.",
    },
    {
      code: "meter-zero",
      class: "smell",
      clause: "OCPP 1.6, 7.31",
      doc: "An energy register reads 0 in a transaction in which it was above 0. Many chargers send zeros with the first or the last reading.",
    },
    {
      code: "meter-lower-than-before",
      class: "event",
      clause: "OCPP 1.6, 4.8 (meterStart)",
      doc: "A transaction starts with a lower meter than the one before on that connector ended with: registers of the session, or a new meter.",
    },
  ],
  start: () => {
    const registers = new Registers();
    return (event, report) => {
      if ("exchange" in event && event.exchange.connection.isDisturbed) return;
      registers.see(event, report);
    };
  },
};
