// The meter readings of a dialogue as curves: energy and power over time, one pair of curves for each transaction,
// and for each connector that was measured outside of one. By the charger's clock, as the readings say it.

import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, listAt, numberAt, textAt, transactionIdOf } from "../../ocpp/payload.js";
import type { DialogueMessage } from "../messages/dialogue.js";
import { readPayloadTime } from "../messages/payload-time.js";
import { type Sample, samplesOf } from "../messages/samples.js";

/** A reading. */
export interface MeterPoint {
  /** Milliseconds since 1970. */
  readonly epochMs: number;
  readonly value: number;
}

/** The curves of one transaction or connector. */
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

const energyName = "Energy.Active.Import.Register";
const powerName = "Power.Active.Import";
const longestRead = 1_000_000;

class Book {
  private readonly series = new Map<string, Collected>();
  private readonly payloads = new Map<number, unknown>();
  private readonly startNs: number | undefined;

  constructor(startMs: number | undefined) {
    this.startNs = startMs === undefined ? undefined : startMs * 1e6;
  }

  add({ message, label, position, callPosition }: DialogueMessage): void {
    const { action, type } = label;
    if (action === undefined || !actions.has(action) || message.text === undefined) return;
    if (message.text.length > longestRead) return;
    const envelope = parseEnvelope(message.text);
    const arrival =
      message.rx === null || this.startNs === undefined ? null : (this.startNs + message.rx) / 1e6;
    if (envelope.kind === "call") {
      if (action === "StartTransaction") this.payloads.set(position, envelope.payload);
      else this.readings(action, envelope.payload, arrival);
    } else if (type === "CALLRESULT" && action === "StartTransaction" && envelope.kind === "call-result")
      this.started(this.payloads.get(callPosition ?? -1), envelope.payload, arrival);
  }

  private of(transaction: string | undefined, connector: string | undefined): Collected {
    const key = JSON.stringify(transaction === undefined ? [null, connector ?? null] : [transaction]);
    const found = this.series.get(key) ?? { transaction, connector, energy: [], power: [] };
    found.connector ??= connector;
    this.series.set(key, found);
    return found;
  }

  private started(call: unknown, answer: unknown, arrival: number | null): void {
    const id = transactionIdOf(answer);
    if (id === undefined) return;
    const series = this.of(id, connectorOf(call));
    register(series, call, "meterStart", arrival);
  }

  private readings(action: string, payload: unknown, arrival: number | null): void {
    const values = listAt(payload, action === "StopTransaction" ? "transactionData" : "meterValue");
    const samples = samplesOf(values, "").flatMap((sample) => dated(sample, arrival));
    if (samples.length === 0 && numberAt(payload, "meterStop") === undefined) return;
    const series = this.of(transactionIdOf(payload), connectorOf(payload));
    series.energy.push(...pointsOf(samples, energyName));
    series.power.push(...pointsOf(samples, powerName));
    register(series, payload, "meterStop", arrival);
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

type Dated = Sample & { readonly epochMs: number };

const dated = (sample: Sample, arrival: number | null): readonly Dated[] => {
  const epochMs = sample.epochMs ?? arrival;
  return epochMs === null ? [] : [{ ...sample, epochMs }];
};

const register = (
  series: Collected,
  payload: unknown,
  member: "meterStart" | "meterStop",
  arrival: number | null,
): void => {
  const value = numberAt(payload, member);
  const epochMs = readPayloadTime(textAt(payload, "timestamp"))?.epochMs ?? arrival;
  if (value !== undefined && epochMs !== null) series.energy.push({ epochMs, value });
};

/** The readings of a measurand: the totals, or the sums of the phases where there are no totals. */
const pointsOf = (samples: readonly Dated[], measurand: string): readonly MeterPoint[] => {
  const mine = samples.filter((sample) => sample.measurand === measurand && sample.location === "Outlet");
  const totals = mine.filter(({ phase }) => phase === "");
  if (totals.length > 0) return totals;
  const sums = new Map<number, number>();
  for (const { epochMs, value, phase } of mine)
    if (/^L[123](?:-N)?$/.test(phase)) sums.set(epochMs, (sums.get(epochMs) ?? 0) + value);
  return [...sums].map(([epochMs, value]) => ({ epochMs, value }));
};

const inOrder = (points: readonly MeterPoint[]): readonly MeterPoint[] =>
  points.map(({ epochMs, value }) => ({ epochMs, value })).sort((a, b) => a.epochMs - b.epochMs);

/** The curves of a dialogue; `startMs` is the wall clock at its start, for readings without a time. */
export function meterSeriesOf(
  dialogue: readonly DialogueMessage[],
  startMs: number | undefined,
): readonly MeterSeries[] {
  const book = new Book(startMs);
  for (const item of dialogue) book.add(item);
  return book.list();
}
