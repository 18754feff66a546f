// The meter readings of a dialogue as curves: energy and power over time, for each transaction and for each connector
// that was measured outside of a transaction. Times are those of the charger's clock.

import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, listAt, numberAt, textAt, transactionIdOf } from "../../ocpp/payload.js";
import type { DialogueMessage } from "../messages/dialogue.js";
import { readPayloadTime } from "../messages/payload-time.js";
import { importedEnergy, importedPower, isLine, type Sample, samplesOf } from "../messages/samples.js";

/** One point of a curve. */
export interface MeterPoint {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly epochMs: number;
  readonly value: number;
}

/** The curves of one transaction, or of one connector outside of transactions. */
export interface MeterSeries {
  readonly transaction: string | undefined;
  readonly connector: string | undefined;
  /** In Wh. */
  readonly energy: readonly MeterPoint[];
  /** In W. */
  readonly power: readonly MeterPoint[];
}

interface Collected {
  readonly transaction: string | undefined;
  connector: string | undefined;
  readonly energy: MeterPoint[];
  readonly power: MeterPoint[];
}

/** Longer messages, in characters, are not parsed. */
const longestRead = 1_000_000;

class SeriesCollector {
  private readonly series = new Map<string, Collected>();
  private readonly payloads = new Map<number, unknown>();
  private readonly startEpochMs: number | undefined;

  constructor(startEpochMs: number | undefined) {
    this.startEpochMs = startEpochMs;
  }

  add({ message, label, position, callPosition }: DialogueMessage): void {
    const { action, type } = label;
    if (action === undefined || !actions.has(action) || message.text === undefined) return;
    if (message.text.length > longestRead) return;
    const envelope = parseEnvelope(message.text);
    const arrivalMs =
      message.rx === null || this.startEpochMs === undefined ? null : this.startEpochMs + message.rx / 1e6;
    if (envelope.kind === "call") {
      if (action === "StartTransaction") this.payloads.set(position, envelope.payload);
      else this.readings(action, envelope.payload, arrivalMs);
    } else if (type === "CALLRESULT" && action === "StartTransaction" && envelope.kind === "call-result")
      this.started(this.payloads.get(callPosition ?? -1), envelope.payload, arrivalMs);
  }

  private of(transaction: string | undefined, connector: string | undefined): Collected {
    const key = JSON.stringify(transaction === undefined ? [null, connector ?? null] : [transaction]);
    const found = this.series.get(key) ?? { transaction, connector, energy: [], power: [] };
    found.connector ??= connector;
    this.series.set(key, found);
    return found;
  }

  private started(call: unknown, answer: unknown, arrivalMs: number | null): void {
    const id = transactionIdOf(answer);
    if (id === undefined) return;
    const series = this.of(id, connectorOf(call));
    register(series, call, "meterStart", arrivalMs);
  }

  private readings(action: string, payload: unknown, arrivalMs: number | null): void {
    const values = listAt(payload, action === "StopTransaction" ? "transactionData" : "meterValue");
    const samples = samplesOf(values, "").flatMap((sample) => dated(sample, arrivalMs));
    if (samples.length === 0 && numberAt(payload, "meterStop") === undefined) return;
    const series = this.of(transactionIdOf(payload), connectorOf(payload));
    series.energy.push(...pointsOf(samples, importedEnergy));
    series.power.push(...pointsOf(samples, importedPower));
    register(series, payload, "meterStop", arrivalMs);
  }

  list(): readonly MeterSeries[] {
    return [...this.series.values()]
      .filter(({ energy, power }) => energy.length + power.length > 0)
      .map(({ transaction, connector, energy, power }) => ({
        transaction,
        connector,
        energy: inOrder(energy),
        power: inOrder(power),
      }));
  }
}

const actions: ReadonlySet<string> = new Set([
  "StartTransaction",
  "StopTransaction",
  "MeterValues",
  "TransactionEvent",
]);

/** A sample with a time: its own, or that of its arrival. */
type DatedSample = Sample & { readonly epochMs: number };

const dated = (sample: Sample, arrivalMs: number | null): readonly DatedSample[] => {
  const epochMs = sample.epochMs ?? arrivalMs;
  return epochMs === null ? [] : [{ ...sample, epochMs }];
};

const register = (
  series: Collected,
  payload: unknown,
  member: "meterStart" | "meterStop",
  arrivalMs: number | null,
): void => {
  const value = numberAt(payload, member);
  const epochMs = readPayloadTime(textAt(payload, "timestamp"))?.epochMs ?? arrivalMs;
  if (value !== undefined && epochMs !== null) series.energy.push({ epochMs, value });
};

/** The readings of a measurand: the totals, or the sums of the phases if there are no totals. */
const pointsOf = (samples: readonly DatedSample[], measurand: string): readonly MeterPoint[] => {
  const mine = samples.filter((sample) => sample.measurand === measurand && sample.location === "Outlet");
  const totals = mine.filter(({ phase }) => phase === "");
  if (totals.length > 0) return totals;
  const sums = new Map<number, number>();
  for (const { epochMs, value, phase } of mine)
    if (isLine(phase)) sums.set(epochMs, (sums.get(epochMs) ?? 0) + value);
  return [...sums].map(([epochMs, value]) => ({ epochMs, value }));
};

const inOrder = (points: readonly MeterPoint[]): readonly MeterPoint[] =>
  points.map(({ epochMs, value }) => ({ epochMs, value })).sort((a, b) => a.epochMs - b.epochMs);

/** The curves of a dialogue. `startEpochMs`: when the recording began, for readings without a time. */
export function meterSeriesOf(
  dialogue: readonly DialogueMessage[],
  startEpochMs: number | undefined,
): readonly MeterSeries[] {
  const collector = new SeriesCollector(startEpochMs);
  for (const item of dialogue) collector.add(item);
  return collector.list();
}
