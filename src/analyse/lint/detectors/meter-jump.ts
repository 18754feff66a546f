// Energy that grows faster than the power told in the same messages allows. Power may be an average, so only steps
// of at most 15 minutes count, with a third on top (OCPP 1.6 section 7.31).

import { BoundedMap } from "../../../base/bounded-map.js";
import type { HistoryEvent } from "../../history/events.js";
import type { Sample } from "../../messages/samples.js";
import type { Detector, ReportDetection } from "./detector.js";

type SamplesEvent = Extract<HistoryEvent, { kind: "samples" }>;

const longestStep = 900_000;
const energyName = "Energy.Active.Import.Register";
const powerName = "Power.Active.Import";

interface Reading {
  readonly at: number;
  readonly energy: Sample;
  readonly power: number;
}

/** The power of all phases. */
const powerOf = (samples: readonly Sample[]): number | undefined => {
  const found = samples.filter(
    ({ measurand, unit }) => measurand === powerName && (unit === "W" || unit === ""),
  );
  const whole = found.find(({ phase }) => phase === "");
  if (whole !== undefined) return whole.value;
  const phases = found.filter(({ phase }) => /^L[123](?:-N)?$/.test(phase));
  return phases.length === 0 ? undefined : phases.reduce((sum, { value }) => sum + value, 0);
};

const readingOf = (samples: readonly Sample[], location: string): Reading | undefined => {
  const here = samples.filter((sample) => sample.location === location);
  const energy = here.find(({ measurand, phase }) => measurand === energyName && phase === "");
  const power = powerOf(here.filter(({ epochMs }) => epochMs === energy?.epochMs));
  if (energy === undefined || energy.epochMs === null || power === undefined) return undefined;
  return { at: energy.epochMs, energy, power };
};

/** What a step from one reading to the next says; undefined where it is possible or cannot be told. */
const judge = (before: Reading, reading: Reading): string | undefined => {
  const took = reading.at - before.at;
  // Clocks of whole seconds tell nothing of shorter steps.
  if (took <= 1000 || took > longestStep) return undefined;
  const grown = reading.energy.value - before.energy.value;
  const possible = (Math.max(before.power, reading.power) * took) / 3_600_000;
  if (grown <= possible * 1.3 + 100) return undefined;
  return `${grown.toFixed(0)} Wh in ${(took / 1000).toFixed(0)} s, where the power told allows ${possible.toFixed(0)} Wh`;
};

class Readings {
  private readonly last = new BoundedMap<string, Reading>(1000);

  see({ exchange, samples, transaction }: SamplesEvent, report: ReportDetection): void {
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

/** Finds energy that no power explains. */
export const meterJumpDetector: Detector = {
  codes: [
    {
      code: "meter-jump",
      class: "smell",
      clause: "OCPP 1.6, 7.31 (Energy.Active.Import.Register and Power.Active.Import)",
      doc: "Between two messages of at most 15 minutes that both tell energy and power, and more than 1 s, the energy grows by more than 1.3 times the higher power over that time and 100 Wh.",
    },
  ],
  start: () => {
    const readings = new Readings();
    return (event, report) => {
      if (event.kind === "samples") readings.see(event, report);
    };
  },
};
