// Energy registers that decrease within a transaction (OCPP 1.6 section 7.31: a register of the meter). A register is
// identified by connector, measurand, phase, location and unit; the order is that of sampling, not of arrival.

import { BoundedMap } from "../../../base/bounded-map.js";
import { numberAt } from "../../../ocpp/payload.js";
import type { ChargingTransaction, HistoryEvent, RecordingPlace } from "../../history/events.js";
import type { Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";

type SamplesEvent = Extract<HistoryEvent, { kind: "samples" }>;

const mostRegisters = 5000;

/** The last reading of a register. */
type Register = Pick<Sample, "value" | "resolution" | "epochMs">;

const isBelow = (sample: Sample, last: Register): boolean =>
  last.value - sample.value > Math.max(1, sample.resolution, last.resolution) * 1.000_001;

const shown = (value: number): string => String(Math.round(value * 1000) / 1000);

class Registers {
  private readonly known = new BoundedMap<string, Register>(mostRegisters);
  /** By connector: meterStop of its last transaction, in Wh. */
  private readonly lastMeterStops = new BoundedMap<string, number>(1000);

  handle(event: HistoryEvent, report: ReportDetection): void {
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
    const { value, epochMs, pointer, measurand, unit } = sample;
    const last = this.known.get(key);
    // A reading of the same or an earlier time than the last one cannot show a decrease.
    if (last !== undefined && epochMs !== null && last.epochMs !== null && epochMs <= last.epochMs) return;
    if (last !== undefined && value === 0 && last.value > 0) {
      const message = `the charger reported ${measurand} as 0 after ${shown(last.value)} ${unit} in the same transaction`;
      report({ code: "meter-zero", place, action, pointer, message });
      return;
    }
    if (last !== undefined && isBelow(sample, last)) {
      const message = `the charger reported that ${measurand} fell from ${shown(last.value)} to ${shown(value)} ${unit} within a transaction`;
      report({ code: "meter-anomaly", place, action, pointer, message });
    }
    this.known.set(key, sample);
  }

  private started({ connector, meterStart, start }: ChargingTransaction, report: ReportDetection): void {
    const last = connector === undefined ? undefined : this.lastMeterStops.get(connector);
    if (last === undefined || meterStart === undefined || start === undefined || last - meterStart <= 1)
      return;
    const message = `the charger started a transaction with meterStart ${shown(meterStart)} Wh, below meterStop ${shown(last)} Wh of the last one`;
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
    if (transaction?.connector !== undefined) this.lastMeterStops.set(transaction.connector, meterStop);
    if (meterStart === undefined || meterStart - meterStop <= 1) return;
    const message = `the charger ended a transaction with meterStop ${shown(meterStop)} Wh, below its meterStart ${shown(meterStart)} Wh`;
    report({ code: "meter-anomaly", place, action: "StopTransaction", pointer: "/3/meterStop", message });
  }
}

/** Detects registers that decrease. */
export const meterAnomalyDetector: Detector = {
  codes: [
    {
      code: "meter-anomaly",
      class: "smell",
      clause: "OCPP 1.6, 7.31 (a register of the meter); OCPP 2.0.1 part 2, 3.56",
      doc: "An energy register of the charger decreased within a transaction, or meterStop is below meterStart. The register decreased by more than 1 Wh and more than its last digit, in the order of sampling, for the same connector, measurand (Energy.Active.Import.Register if none is named), phase, location and unit.",
    },
    {
      code: "meter-zero",
      class: "smell",
      clause: "OCPP 1.6, 7.31",
      doc: "An energy register of the charger is 0 in a transaction in which it was above 0. Many chargers send zeros with the first or the last reading.",
    },
    {
      code: "meter-lower-than-before",
      class: "event",
      clause: "OCPP 1.6, 4.8 (meterStart)",
      doc: "A transaction starts with a lower meter value than the last one on the connector ended with. The charger counts each session from 0, or has a new meter.",
    },
  ],
  start: () => {
    const registers = new Registers();
    return (event, report) => {
      if ("exchange" in event && event.exchange.connection.isDisturbed) return;
      registers.handle(event, report);
    };
  },
};
