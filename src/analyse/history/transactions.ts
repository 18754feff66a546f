// Tracks the charging transactions of one charge point: in 1.6 by StartTransaction and StopTransaction with the id that
// the CSMS assigns, in 2.x by TransactionEvent with the charger's id. Bounded: the oldest are forgotten first.

import { BoundedMap } from "../../base/bounded-map.js";
import {
  authorizationStatusOf,
  connectorOf,
  idTagOf,
  listAt,
  numberAt,
  textAt,
  transactionIdOf,
  valueAt,
} from "../../ocpp/payload.js";
import { readPayloadTime } from "../messages/payload-time.js";
import { samplesOf } from "../messages/samples.js";
import type { ChargingTransaction, Exchange, HistoryEvent } from "./events.js";
import { statedTime } from "./stated-time.js";

type Without<Event> = Event extends unknown ? Omit<Event, "nowMs"> : never;

/** An event of a transaction, without its time. */
export type TransactionEvent = Without<Extract<HistoryEvent, { kind: "started" | "stopped" | "samples" }>>;

const mostKept = 500;

const isIdentifier = (id: string | undefined): id is string =>
  id !== undefined && id !== "" && !/^(?:0|-\d+)$/.test(id);

/** Tracks transactions. */
export class TransactionTracker {
  private readonly known = new BoundedMap<string, ChargingTransaction>(mostKept);

  /** Takes a CALL; gives the events that follow from it. */
  call(exchange: Exchange): readonly TransactionEvent[] {
    const { action, payload } = exchange;
    if (exchange.direction !== "cp-to-csms") return [];
    switch (action) {
      case "MeterValues":
        return this.meterValues(exchange);
      case "StopTransaction":
        return [
          ...this.samples(exchange, transactionIdOf(payload), undefined, "transactionData"),
          ...this.stop(exchange, transactionIdOf(payload)),
        ];
      case "TransactionEvent":
        return this.transactionEvent(exchange);
      default:
        return [];
    }
  }

  /** Takes an answered CALL; gives the events that follow from it. */
  answer(exchange: Exchange): readonly TransactionEvent[] {
    if (exchange.action !== "StartTransaction" || exchange.answer?.kind !== "result") return [];
    const id = transactionIdOf(exchange.answer.payload);
    if (!isIdentifier(id)) return [];
    const status = authorizationStatusOf(exchange.answer.payload);
    const { payload } = exchange;
    return this.start({
      id,
      connector: connectorOf(payload),
      idTag: idTagOf(payload),
      start: exchange,
      startedEpochMs: readPayloadTime(textAt(payload, "timestamp"))?.epochMs ?? null,
      isAccepted: status === undefined || status === "Accepted",
      meterStart: numberAt(payload, "meterStart"),
      stop: undefined,
    });
  }

  /** The transactions without a stop so far. */
  running(): readonly ChargingTransaction[] {
    return [...this.known.values()].filter(({ stop }) => stop === undefined);
  }

  private start(transaction: ChargingTransaction): readonly TransactionEvent[] {
    const { connector } = transaction;
    const stillRunning = this.running().findLast(
      (other) => other.connector === connector && connector !== undefined && other.id !== transaction.id,
    );
    this.known.set(transaction.id, transaction);
    return [{ kind: "started", transaction, stillRunning }];
  }

  private stop(exchange: Exchange, id: string | undefined): readonly TransactionEvent[] {
    if (!isIdentifier(id)) return [];
    const transaction = this.known.get(id);
    const earlier = transaction?.stop;
    if (transaction !== undefined) transaction.stop = exchange;
    if (transaction === undefined)
      this.known.set(id, { ...this.withoutStart(id, undefined), stop: exchange });
    return [{ kind: "stopped", exchange, id, transaction, earlier }];
  }

  private withoutStart(id: string, connector: string | undefined): ChargingTransaction {
    return {
      id,
      connector,
      idTag: undefined,
      start: undefined,
      startedEpochMs: null,
      isAccepted: true,
      meterStart: undefined,
      stop: undefined,
    };
  }

  private meterValues(exchange: Exchange): readonly TransactionEvent[] {
    const { payload } = exchange;
    const connector = connectorOf(payload);
    return this.samples(exchange, transactionIdOf(payload), connector, "meterValue");
  }

  private samples(
    exchange: Exchange,
    id: string | undefined,
    connector: string | undefined,
    member: string,
  ): readonly TransactionEvent[] {
    const samples = samplesOf(listAt(exchange.payload, member), `/3/${member}`);
    let transaction = isIdentifier(id) ? this.known.get(id) : undefined;
    if (isIdentifier(id) && transaction === undefined && samples.length > 0) {
      transaction = this.withoutStart(id, connector);
      this.known.set(transaction.id, transaction);
    }
    if (samples.length === 0) return [];
    return [
      { kind: "samples", exchange, transaction, connector: connector ?? transaction?.connector, samples },
    ];
  }

  private transactionEvent(exchange: Exchange): readonly TransactionEvent[] {
    const { payload } = exchange;
    const id = textAt(payload, "transactionInfo", "transactionId");
    if (id === undefined) return [];
    const events: TransactionEvent[] = [];
    const type = textAt(payload, "eventType");
    const evse = connectorOf(payload);
    if (type === "Started" && this.known.get(id)?.start === undefined)
      events.push(
        ...this.start({
          ...this.withoutStart(id, evse),
          idTag: idTagOf(payload),
          start: exchange,
          startedEpochMs: readPayloadTime(textAt(payload, "timestamp"))?.epochMs ?? null,
        }),
      );
    const transaction = this.known.get(id);
    if (transaction !== undefined) transaction.connector ??= evse;
    if (valueAt(payload, "meterValue") !== undefined)
      events.push(...this.samples(exchange, id, evse, "meterValue"));
    return type === "Ended" ? [...events, ...this.stop(exchange, id)] : events;
  }
}

/** How long a transaction took, in milliseconds: by the charger's clock, else by the recording's; undefined if unknown. */
export function transactionDurationMs(
  { start, startedEpochMs }: ChargingTransaction,
  stop: Exchange,
): number | undefined {
  const stoppedEpochMs = statedTime(stop)?.epochMs;
  if (startedEpochMs !== null && stoppedEpochMs !== undefined) return stoppedEpochMs - startedEpochMs;
  if (start === undefined || start.place.atMs === null || stop.place.atMs === null) return undefined;
  return stop.place.atMs - start.place.atMs;
}
