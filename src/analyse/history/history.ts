// Turns the entries of a recording into history events: connections, exchanges, transactions, readings. It takes entry by
// entry in bounded memory, so that a running recording can be read the same way. A gap clears everything except the
// connections: a CALL that was open at the gap counts as unknown, not as unanswered.

import { type Direction, opposite } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry, SessionEntry, Unknowable } from "../../cassette/format/entry.js";
import { unknownOf } from "../../cassette/source-capabilities.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { valueAt } from "../../ocpp/payload.js";
import { assumed2x, assumedVersion, versionOf } from "../../ocpp/version.js";
import type { Inflate } from "../messages/deflate.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { MessageReader, positionOf, type RecordedMessage } from "../messages/messages.js";
import { readPayloadTime } from "../messages/payload-time.js";
import type { CallAnswer, Connection, Exchange, HistoryEvent, RecordingPlace } from "./events.js";
import { TransactionTracker } from "./transactions.js";

/** CALLs of one direction of a connection that may wait for an answer. */
const mostOpen = 1000;
/** Recent CALLs that are kept for finding repeated ids, and the characters of their texts. */
const mostRecent = 5000;
const mostRecentCharacters = 16_000_000;

interface ConnectionState {
  readonly connection: Connection;
  readonly pairer: Pairer<Exchange>;
}

/** The most recent CALLs by direction and id, bounded in number and in length of text. */
class RecentCalls {
  private readonly calls = new Map<string, Exchange>();
  private characters = 0;

  find(direction: Direction, id: string): Exchange | undefined {
    return this.calls.get(`${direction} ${id}`);
  }

  keep(exchange: Exchange): void {
    const key = `${exchange.direction} ${exchange.id}`;
    this.forget(key);
    this.calls.set(key, exchange);
    this.characters += exchange.place.text.length;
    while (this.calls.size > mostRecent || this.characters > mostRecentCharacters) {
      const [oldest] = this.calls.keys();
      if (oldest === undefined) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.characters -= this.calls.get(key)?.place.text.length ?? 0;
    this.calls.delete(key);
  }
}

/** Reads history events from entries. */
export class History {
  private readonly reader: MessageReader;
  private readonly states = new Map<number, ConnectionState>();
  private recent = new RecentCalls();
  private transactions = new TransactionTracker();
  private isWire = true;
  private unknown: readonly Unknowable[] = [];
  private startEpochMs: number | null = null;
  private nowMs: number | null = null;
  /** When the recording began, or when the last gap ended. */
  private sinceMs: number | null = null;
  private messagesSince = 0;
  private previous: Connection | undefined;

  constructor(inflate: Inflate | undefined) {
    this.reader = new MessageReader(inflate);
  }

  /** Takes the next entry; yields the events that follow from it. */
  *push(entry: Entry, position: number): Generator<HistoryEvent> {
    const ns = entry.kind === "connection-closed" || entry.kind === "frame" ? entryTimeNs(entry) : null;
    if (ns !== null) this.nowMs = ns / 1e6;
    if (entry.kind === "session") this.begin(entry);
    if (entry.kind === "connection-opened") yield this.open(entry);
    if (entry.kind === "gap") {
      this.forget(entry.to / 1e6);
      yield { kind: "gap", nowMs: this.nowMs, gap: entry };
    }
    if (entry.kind === "decision" || entry.kind === "injected")
      this.state(entry.connection).connection.isDisturbed = true;
    for (const message of this.reader.push(entry, position)) yield* this.message(message);
    if (entry.kind === "bytes" && entry.why !== "cut-off") {
      this.forget(this.nowMs);
      yield { kind: "gap", nowMs: this.nowMs, gap: undefined };
    }
    if (entry.kind === "connection-closed") {
      const { connection } = this.state(entry.connection);
      this.states.delete(entry.connection);
      yield { kind: "closed", nowMs: this.nowMs, connection };
    }
  }

  /** Ends the recording; yields the remaining events. */
  *end(): Generator<HistoryEvent> {
    for (const message of this.reader.end()) yield* this.message(message);
    yield { kind: "end", nowMs: this.nowMs };
  }

  private begin(session: SessionEntry): void {
    this.isWire = session.capture === "wire";
    this.unknown = unknownOf(session);
    const hasClock = this.isWire && !this.unknown.includes("times");
    this.startEpochMs = hasClock ? (readPayloadTime(session.startedAt)?.epochMs ?? null) : null;
  }

  private open(entry: ConnectionOpenedEntry): HistoryEvent {
    if (entry.at !== null) {
      this.nowMs = entry.at / 1e6;
      this.sinceMs ??= this.nowMs;
    }
    const connection = this.newConnection(entry.connection, entry);
    this.states.set(entry.connection, { connection, pairer: createPairer<Exchange>(mostOpen) });
    const { previous } = this;
    this.previous = connection;
    return { kind: "opened", nowMs: this.nowMs, connection, previous };
  }

  private newConnection(number: number, opened: ConnectionOpenedEntry | undefined): Connection {
    const subprotocol = opened?.subprotocol ?? null;
    const version = versionOf(subprotocol);
    return {
      number,
      version: version ?? assumedVersion,
      hasSchemas:
        subprotocol === null || (version !== undefined && !/^(?:ocpp)?2\.0$/i.test(subprotocol.trim())),
      subprotocol,
      openedAtMs: opened?.at == null ? null : opened.at / 1e6,
      isWire: this.isWire,
      startEpochMs: this.startEpochMs,
      unknown: this.unknown,
      isFromStart: opened !== undefined && !this.isFromBefore(opened),
      openedEntry: opened,
      isDisturbed: false,
      unreadable: { "cp-to-csms": 0, "csms-to-cp": 0 },
    };
  }

  /** Whether the connection existed before the recording began. */
  private isFromBefore({ request, response }: ConnectionOpenedEntry): boolean {
    return this.isWire && this.unknown.includes("handshake") && (request === null || response === null);
  }

  private state(number: number): ConnectionState {
    const found = this.states.get(number);
    if (found !== undefined) return found;
    const connection = this.newConnection(number, undefined);
    const state = { connection, pairer: createPairer<Exchange>(mostOpen) };
    this.states.set(number, state);
    return state;
  }

  private forget(sinceMs: number | null): void {
    this.recent = new RecentCalls();
    this.transactions = new TransactionTracker();
    this.sinceMs = sinceMs;
    this.messagesSince = 0;
    for (const [number, { connection }] of this.states)
      this.states.set(number, {
        connection: { ...connection, isFromStart: false },
        pairer: createPairer<Exchange>(mostOpen),
      });
  }

  private *message(message: RecordedMessage): Generator<HistoryEvent> {
    const state = this.state(message.connection);
    const { connection } = state;
    if (message.kind === "control") {
      yield { kind: "control", nowMs: this.nowMs, connection, message };
      return;
    }
    this.sinceMs ??= this.nowMs;
    const place: RecordingPlace = {
      connection: message.connection,
      direction: message.direction,
      entry: positionOf(message),
      atMs: message.rx === null ? null : message.rx / 1e6,
      text: message.text ?? "",
    };
    const envelope = message.complete && message.text !== undefined ? parseEnvelope(message.text) : undefined;
    const events = [...this.envelopeEvents(state, place, envelope)];
    const [first] = events;
    const action = first?.kind === "answer" || first?.kind === "call" ? first.exchange.action : undefined;
    yield { kind: "message", nowMs: this.nowMs, connection, place, message, envelope, action };
    yield* events;
    this.messagesSince++;
  }

  private *envelopeEvents(
    state: ConnectionState,
    place: RecordingPlace,
    envelope: Envelope | undefined,
  ): Generator<HistoryEvent> {
    switch (envelope?.kind) {
      case "call":
      case "send":
        yield* this.call(
          state,
          place,
          envelope.id,
          envelope.action,
          envelope.payload,
          envelope.kind === "send",
        );
        break;
      case "call-result":
        yield* this.answer(state, envelope.id, {
          place,
          kind: "result",
          payload: envelope.payload,
          code: undefined,
        });
        break;
      case "call-error":
        yield* this.answer(state, envelope.id, { place, kind: "error", payload: {}, code: envelope.code });
        break;
      case "call-result-error":
        break;
      default:
        yield* this.unreadable(state, place, envelope);
    }
  }

  /** A broken text may still have a readable id, so that it can be matched to its CALL. */
  private *unreadable(
    state: ConnectionState,
    place: RecordingPlace,
    envelope: Envelope | undefined,
  ): Generator<HistoryEvent> {
    const peeked = envelope?.kind === "unreadable" ? envelope.peek : undefined;
    if (peeked?.type === "CALLRESULT" || peeked?.type === "CALLERROR")
      yield* this.answer(state, peeked.id, { place, kind: "unreadable", payload: {}, code: undefined });
    else if (peeked?.type === "CALL") {
      const exchange = this.exchange(state, place, peeked.id, peeked.action ?? "", {}, false);
      state.pairer.call(place.direction, peeked.id, exchange.action, exchange);
    } else state.connection.unreadable[place.direction]++;
  }

  private exchange(
    { connection }: ConnectionState,
    place: RecordingPlace,
    id: string,
    action: string,
    payload: unknown,
    isSend: boolean,
  ): Exchange {
    const { direction } = place;
    const unreadBefore = connection.unreadable[opposite(direction)];
    return {
      connection,
      direction,
      id,
      action,
      payload,
      place,
      isSend,
      unreadableBefore: unreadBefore,
      answer: undefined,
    };
  }

  private *call(
    state: ConnectionState,
    place: RecordingPlace,
    id: string,
    action: string,
    payload: unknown,
    isSend: boolean,
  ): Generator<HistoryEvent> {
    const { connection, pairer } = state;
    // Without a negotiated subprotocol the first boot shows the version.
    if (connection.subprotocol === null && action === "BootNotification")
      connection.version = valueAt(payload, "chargingStation") === undefined ? assumedVersion : assumed2x;
    const exchange = this.exchange(state, place, id, action, payload, isSend);
    const earlier = this.recent.find(place.direction, id);
    const open = pairer.open(place.direction).map(({ tag }) => tag);
    this.recent.keep(exchange);
    if (!isSend) pairer.call(place.direction, id, action, exchange);
    yield { kind: "call", nowMs: this.nowMs, exchange, open, earlier };
    for (const event of this.transactions.call(exchange)) yield { ...event, nowMs: this.nowMs };
  }

  private *answer(state: ConnectionState, id: string, answer: CallAnswer): Generator<HistoryEvent> {
    const { connection, pairer } = state;
    const { place } = answer;
    const exchange = pairer.answer(place.direction, id)?.tag;
    const open = pairer.open(opposite(place.direction)).map(({ tag }) => tag);
    if (exchange === undefined) {
      const earlier = this.recent.find(opposite(place.direction), id);
      const isEarly =
        place.atMs === null || this.sinceMs === null
          ? this.messagesSince < 3
          : place.atMs - this.sinceMs < 1000;
      const orphan = { place, id, payload: answer.payload, earlier, open, isEarly };
      yield { kind: "orphan", nowMs: this.nowMs, connection, orphan };
      return;
    }
    exchange.answer = answer;
    yield { kind: "answer", nowMs: this.nowMs, exchange, answer, open };
    for (const event of this.transactions.answer(exchange)) yield { ...event, nowMs: this.nowMs };
  }
}
