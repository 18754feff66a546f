// The readings of MeterValues, StopTransaction.transactionData and TransactionEvent, in one form: defaults filled in,
// units normalised to Wh, W, varh, VA and var (OCPP 1.6 section 7.43; 2.x part 2, SampledValueType).

import { listAt, numberAt, textAt, valueAt } from "../../ocpp/payload.js";
import { readPayloadTime } from "./payload-time.js";

/** The measurands of imported energy, in Wh, and of imported power, in W. */
export const importedEnergy = "Energy.Active.Import.Register";
export const importedPower = "Power.Active.Import";

/** Whether a phase is one of the lines, so that the values of all lines add up to the total. */
export function isLine(phase: string): boolean {
  return /^L[123](?:-N)?$/.test(phase);
}

/** One reading of a meter. */
export interface Sample {
  /** Time by the charger's clock, in milliseconds since 1970; null if the charger stated none. */
  readonly epochMs: number | null;
  readonly measurand: string;
  readonly phase: string;
  readonly location: string;
  readonly context: string;
  /** In `unit`. */
  readonly value: number;
  /** The smallest step that the charger's notation can express, in `unit`: 0.1 kWh is 100 Wh. */
  readonly resolution: number;
  readonly unit: string;
  /** JSON pointer to the value, from the root of the message. */
  readonly pointer: string;
}

const factors: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  kWh: ["Wh", 1000],
  kvarh: ["varh", 1000],
  kW: ["W", 1000],
  kVA: ["VA", 1000],
  kvar: ["var", 1000],
};

const usualUnit = (measurand: string): string =>
  measurand.startsWith("Energy.") ? (measurand.includes("Reactive") ? "varh" : "Wh") : "";

const resolutionOf = (written: unknown): number => {
  const decimals = /\.(\d+)\s*$/.exec(String(written))?.[1]?.length ?? 0;
  return 10 ** -Math.min(decimals, 12);
};

const sampleOf = (sampled: unknown, epochMs: number | null, pointer: string): Sample | undefined => {
  const written = valueAt(sampled, "value");
  const value = numberAt(sampled, "value");
  const format = textAt(sampled, "format");
  if (value === undefined || (format !== undefined && format !== "Raw")) return undefined;
  const measurand = textAt(sampled, "measurand") ?? importedEnergy;
  const stated = textAt(sampled, "unit") ?? textAt(sampled, "unitOfMeasure", "unit") ?? usualUnit(measurand);
  const [unit, factor] = factors[stated] ?? [stated, 1];
  const scale =
    factor * 10 ** Math.max(-12, Math.min(12, numberAt(sampled, "unitOfMeasure", "multiplier") ?? 0));
  return {
    epochMs,
    measurand,
    phase: textAt(sampled, "phase") ?? "",
    location: textAt(sampled, "location") ?? "Outlet",
    context: textAt(sampled, "context") ?? "Sample.Periodic",
    value: value * scale,
    resolution: resolutionOf(written) * scale,
    unit,
    pointer: `${pointer}/value`,
  };
};

/** The readings of a list of meter values; `pointer` leads to the list in the message. */
export function samplesOf(meterValues: readonly unknown[], pointer: string): readonly Sample[] {
  return meterValues.flatMap((meterValue, i) => {
    const epochMs = readPayloadTime(textAt(meterValue, "timestamp"))?.epochMs ?? null;
    return listAt(meterValue, "sampledValue").flatMap((sampled, j) => {
      const sample = sampleOf(sampled, epochMs, `${pointer}/${i}/sampledValue/${j}`);
      return sample === undefined ? [] : [sample];
    });
  });
}
