// Energy that increases faster than the reported power allows (OCPP 1.6 section 7.31). Power may be an average, so only
// steps of at most 15 minutes count, with a tolerance of 30 % and 100 Wh.

import { BoundedMap } from "../../../base/bounded-map.js";
import type { HistoryEvent } from "../../history/events.js";
import { importedEnergy, importedPower, isLine, type Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";

type SamplesEvent = Extract<HistoryEvent, { kind: "samples" }>;

const longestStepMs = 900_000;
/** Clocks with whole seconds make shorter steps inexact. */
const shortestStepMs = 1000;

/** Energy and power of one message. */
interface Reading {
  readonly epochMs: number;
  readonly energy: Sample;
  /** In W. */
  readonly power: number;
}

/** The power of all phases, in W; undefined if the message has none. */
const powerOf = (samples: readonly Sample[]): number | undefined => {
  const powers = samples.filter(
    ({ measurand, unit }) => measurand === importedPower && (unit === "W" || unit === ""),
  );
  const total = powers.find(({ phase }) => phase === "");
  if (total !== undefined) return total.value;
  const phases = powers.filter(({ phase }) => isLine(phase));
  return phases.length === 0 ? undefined : phases.reduce((sum, { value }) => sum + value, 0);
};

const readingOf = (samples: readonly Sample[], location: string): Reading | undefined => {
  const here = samples.filter((sample) => sample.location === location);
  const energy = here.find(({ measurand, phase }) => measurand === importedEnergy && phase === "");
  const power = powerOf(here.filter(({ epochMs }) => epochMs === energy?.epochMs));
  if (energy === undefined || energy.epochMs === null || power === undefined) return undefined;
  return { epochMs: energy.epochMs, energy, power };
};

/** The sentence about a step from one reading to the next; undefined if the step is possible or too short or long. */
const judge = (before: Reading, reading: Reading): string | undefined => {
  const stepMs = reading.epochMs - before.epochMs;
  if (stepMs <= shortestStepMs || stepMs > longestStepMs) return undefined;
  const increase = reading.energy.value - before.energy.value;
  const possible = (Math.max(before.power, reading.power) * stepMs) / 3_600_000;
  if (increase <= possible * 1.3 + 100) return undefined;
  return `the charger reported ${increase.toFixed(0)} Wh in ${(stepMs / 1000).toFixed(0)} s, but its reported power allows only ${possible.toFixed(0)} Wh`;
};

class Readings {
  private readonly last = new BoundedMap<string, Reading>(1000);

  handle({ exchange, samples, transaction }: SamplesEvent, report: ReportDetection): void {
    if (transaction === undefined || exchange.connection.isDisturbed) return;
    const { place, action } = exchange;
    for (const location of new Set(samples.map((sample) => sample.location))) {
      const reading = readingOf(samples, location);
      if (reading === undefined) continue;
      const key = `${transaction.id} ${location}`;
      const before = this.last.get(key);
      this.last.set(key, reading);
      const message = before === undefined ? undefined : judge(before, reading);
      if (message !== undefined)
        report({ code: "meter-jump", place, action, pointer: reading.energy.pointer, message });
    }
  }
}

/** Detects energy that the power does not explain. */
export const meterJumpDetector: Detector = {
  codes: [
    {
      code: "meter-jump",
      class: "smell",
      clause: "OCPP 1.6, 7.31 (Energy.Active.Import.Register and Power.Active.Import)",
      doc: "The charger reported more energy than its reported power allows. Two messages with energy and power are between 1 s and 15 minutes apart, and the energy increased by more than 1.3 times the higher power over that time plus 100 Wh.",
    },
  ],
  start: () => {
    const readings = new Readings();
    return (event, report) => {
      if (event.kind === "samples") readings.handle(event, report);
    };
  },
};
