// The readings of MeterValues, StopTransaction.transactionData and TransactionEvent, in one form: defaults named,
// units normalised to Wh, W and their like (OCPP 1.6 section 7.43; 2.x part 2, SampledValueType).

import { listAt, numberAt, textAt, valueAt } from "../../ocpp/payload.js";
import { readPayloadTime } from "./payload-time.js";

/** One reading. */
export interface Sample {
  /** By the charger's clock, in milliseconds since 1970; null where it did not say. */
  readonly epochMs: number | null;
  readonly measurand: string;
  readonly phase: string;
  readonly location: string;
  readonly context: string;
  /** In Wh, W, and so on. */
  readonly value: number;
  /** The least difference that the charger could write. */
  readonly resolution: number;
  readonly unit: string;
  /** From the root of the frame. */
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

const digitOf = (written: unknown): number => {
  const decimals = /\.(\d+)\s*$/.exec(String(written))?.[1]?.length ?? 0;
  return 10 ** -Math.min(decimals, 12);
};

const sampleOf = (sampled: unknown, at: number | null, pointer: string): Sample | undefined => {
  const written = valueAt(sampled, "value");
  const value = numberAt(sampled, "value");
  const format = textAt(sampled, "format");
  if (value === undefined || (format !== undefined && format !== "Raw")) return undefined;
  const measurand = textAt(sampled, "measurand") ?? "Energy.Active.Import.Register";
  const told = textAt(sampled, "unit") ?? textAt(sampled, "unitOfMeasure", "unit") ?? usualUnit(measurand);
  const [unit, factor] = factors[told] ?? [told, 1];
  const scale =
    factor * 10 ** Math.max(-12, Math.min(12, numberAt(sampled, "unitOfMeasure", "multiplier") ?? 0));
  return {
    epochMs: at,
    measurand,
    phase: textAt(sampled, "phase") ?? "",
    location: textAt(sampled, "location") ?? "Outlet",
    context: textAt(sampled, "context") ?? "Sample.Periodic",
    value: value * scale,
    resolution: digitOf(written) * scale,
    unit,
    pointer: `${pointer}/value`,
  };
};

/** The readings of a list of meter values that stands at this pointer. */
export function samplesOf(meterValues: readonly unknown[], pointer: string): readonly Sample[] {
  return meterValues.flatMap((meterValue, i) => {
    const at = readPayloadTime(textAt(meterValue, "timestamp"))?.epochMs ?? null;
    return listAt(meterValue, "sampledValue").flatMap((sampled, j) => {
      const sample = sampleOf(sampled, at, `${pointer}/${i}/sampledValue/${j}`);
      return sample === undefined ? [] : [sample];
    });
  });
}
