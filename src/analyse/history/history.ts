// Entries of a recording -> what happened, for detectors: exchanges with their times, connections, transactions. A
// machine fed entry by entry, of bounded memory, so that a recording that still runs can be read the same way.
// After a gap it knows the connections and nothing else: what was open there is unknown, not unanswered.

import { type Direction, opposite } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry, SessionEntry, Unknowable } from "../../cassette/format/entry.js";
import { unknownOf } from "../../cassette/source-capabilities.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { valueAt } from "../../ocpp/payload.js";
import { versionOf } from "../../ocpp/version.js";
import type { Inflate } from "../messages/deflate.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { MessageReader, type RecordedMessage } from "../messages/messages.js";
import { readPayloadTime } from "../messages/payload-time.js";
import type { CallAnswer, Connection, Exchange, HistoryEvent, RecordingPlace } from "./events.js";
import { TransactionTracker } from "./transactions.js";

const mostOpen = 1000;
const mostRemembered = 5000;
const mostRememberedUnits = 16_000_000;

interface Line {
  readonly connection: Connection;
  readonly pairer: Pairer<Exchange>;
}

/** The CALLs that passed lately, by direction and id; bounded in number and in length of text. */
class Memory {
  private readonly calls = new Map<string, Exchange>();
  private units = 0;

  find(direction: Direction, id: string): Exchange | undefined {
    return this.calls.get(`${direction} ${id}`);
  }

  keep(exchange: Exchange): void {
    const key = `${exchange.direction} ${exchange.id}`;
    this.forget(key);
    this.calls.set(key, exchange);
    this.units += exchange.place.text.length;
    while (this.calls.size > mostRemembered || this.units > mostRememberedUnits) {
      const [oldest] = this.calls.keys();
      if (oldest === undefined) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.units -= this.calls.get(key)?.place.text.length ?? 0;
    this.calls.delete(key);
  }
}

/** Reads what happened from entries. */
export class History {
  private readonly reader: MessageReader;
  private readonly lines = new Map<number, Line>();
  private memory = new Memory();
  private book = new TransactionTracker();
  private isWire = true;
  private unknown: readonly Unknowable[] = [];
  private wallStart: number | null = null;
  private now: number | null = null;
  private since: number | null = null;
  private messagesSince = 0;
  private previous: Connection | undefined;

  constructor(inflate: Inflate | undefined) {
    this.reader = new MessageReader(inflate);
  }

  /** What this entry tells. */
  *push(entry: Entry, position: number): Generator<HistoryEvent> {
    const at = entry.kind === "connection-closed" || entry.kind === "frame" ? entryTimeNs(entry) : null;
    if (at !== null) this.now = at / 1e6;
    if (entry.kind === "session") this.begin(entry);
    if (entry.kind === "connection-opened") yield this.open(entry);
    if (entry.kind === "gap") {
      this.forget(entry.to / 1e6);
      yield { kind: "gap", nowMs: this.now, gap: entry };
    }
    if (entry.kind === "decision" || entry.kind === "injected")
      this.line(entry.connection).connection.isDisturbed = true;
    for (const message of this.reader.push(entry, position)) yield* this.message(message);
    if (entry.kind === "bytes" && entry.why !== "cut-off") {
      this.forget(this.now);
      yield { kind: "gap", nowMs: this.now, gap: undefined };
    }
    if (entry.kind === "connection-closed") {
      const { connection } = this.line(entry.connection);
      this.lines.delete(entry.connection);
      yield { kind: "closed", nowMs: this.now, connection };
    }
  }

  /** What the end of the recording tells. */
  *end(): Generator<HistoryEvent> {
    for (const message of this.reader.end()) yield* this.message(message);
    yield { kind: "end", nowMs: this.now };
  }

  private begin(session: SessionEntry): void {
    this.isWire = session.capture === "wire";
    this.unknown = unknownOf(session);
    const hasWall = this.isWire && !this.unknown.includes("times");
    this.wallStart = hasWall ? (readPayloadTime(session.startedAt)?.epochMs ?? null) : null;
  }

  private open(entry: ConnectionOpenedEntry): HistoryEvent {
    if (entry.at !== null) {
      this.now = entry.at / 1e6;
      this.since ??= this.now;
    }
    const connection = this.newConnection(entry.connection, entry);
    this.lines.set(entry.connection, { connection, pairer: createPairer<Exchange>(mostOpen) });
    const { previous } = this;
    this.previous = connection;
    return { kind: "opened", nowMs: this.now, connection, previous };
  }

  private newConnection(number: number, opened: ConnectionOpenedEntry | undefined): Connection {
    const subprotocol = opened?.subprotocol ?? null;
    const version = versionOf(subprotocol);
    return {
      number,
      version: version ?? "1.6",
      hasSchemas:
        subprotocol === null || (version !== undefined && !/^(?:ocpp)?2\.0$/i.test(subprotocol.trim())),
      subprotocol,
      openedAtMs: opened?.at == null ? null : opened.at / 1e6,
      isWire: this.isWire,
      startEpochMs: this.wallStart,
      unknown: this.unknown,
      isFromStart: opened !== undefined && !this.isFromBefore(opened),
      openedEntry: opened,
      isDisturbed: false,
      unreadable: { "cp-to-csms": 0, "csms-to-cp": 0 },
    };
  }

  /** Whether the source began to listen when the connection was there already. */
  private isFromBefore({ request, response }: ConnectionOpenedEntry): boolean {
    return this.isWire && this.unknown.includes("handshake") && (request === null || response === null);
  }

  private line(number: number): Line {
    const found = this.lines.get(number);
    if (found !== undefined) return found;
    const connection = this.newConnection(number, undefined);
    const line = { connection, pairer: createPairer<Exchange>(mostOpen) };
    this.lines.set(number, line);
    return line;
  }

  private forget(since: number | null): void {
    this.memory = new Memory();
    this.book = new TransactionTracker();
    this.since = since;
    this.messagesSince = 0;
    for (const [number, { connection }] of this.lines)
      this.lines.set(number, {
        connection: { ...connection, isFromStart: false },
        pairer: createPairer<Exchange>(mostOpen),
      });
  }

  private *message(message: RecordedMessage): Generator<HistoryEvent> {
    const line = this.line(message.connection);
    const { connection } = line;
    if (message.kind === "control") {
      yield { kind: "control", nowMs: this.now, connection, message };
      return;
    }
    this.since ??= this.now;
    const place: RecordingPlace = {
      connection: message.connection,
      direction: message.direction,
      entry: message.frames.at(-1) ?? 0,
      atMs: message.rx === null ? null : message.rx / 1e6,
      text: message.text ?? "",
    };
    const envelope = message.complete && message.text !== undefined ? parseEnvelope(message.text) : undefined;
    const events = [...this.spoken(line, place, envelope)];
    const [first] = events;
    const action = first?.kind === "answer" || first?.kind === "call" ? first.exchange.action : undefined;
    yield { kind: "message", nowMs: this.now, connection, place, message, envelope, action };
    yield* events;
    this.messagesSince++;
  }

  private *spoken(
    line: Line,
    place: RecordingPlace,
    envelope: Envelope | undefined,
  ): Generator<HistoryEvent> {
    switch (envelope?.kind) {
      case "call":
      case "send":
        yield* this.call(
          line,
          place,
          envelope.id,
          envelope.action,
          envelope.payload,
          envelope.kind === "send",
        );
        break;
      case "call-result":
        yield* this.answer(line, envelope.id, {
          place,
          kind: "result",
          payload: envelope.payload,
          code: undefined,
        });
        break;
      case "call-error":
        yield* this.answer(line, envelope.id, { place, kind: "error", payload: {}, code: envelope.code });
        break;
      case "call-result-error":
        break;
      default:
        yield* this.unreadable(line, place, envelope);
    }
  }

  /** A broken text may still say whose answer it is. */
  private *unreadable(
    line: Line,
    place: RecordingPlace,
    envelope: Envelope | undefined,
  ): Generator<HistoryEvent> {
    const found = envelope?.kind === "unreadable" ? envelope.peek : undefined;
    if (found?.type === "CALLRESULT" || found?.type === "CALLERROR")
      yield* this.answer(line, found.id, { place, kind: "unreadable", payload: {}, code: undefined });
    else if (found?.type === "CALL") {
      const exchange = this.exchange(line, place, found.id, found.action ?? "", {}, false);
      line.pairer.call(place.direction, found.id, exchange.action, exchange);
    } else line.connection.unreadable[place.direction]++;
  }

  private exchange(
    { connection }: Line,
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
    line: Line,
    place: RecordingPlace,
    id: string,
    action: string,
    payload: unknown,
    isSend: boolean,
  ): Generator<HistoryEvent> {
    const { connection, pairer } = line;
    // Without an agreement the first boot tells the version.
    if (connection.subprotocol === null && action === "BootNotification")
      connection.version = valueAt(payload, "chargingStation") === undefined ? "1.6" : "2.0.1";
    const exchange = this.exchange(line, place, id, action, payload, isSend);
    const earlier = this.memory.find(place.direction, id);
    const open = pairer.open(place.direction).map(({ tag }) => tag);
    this.memory.keep(exchange);
    if (!isSend) pairer.call(place.direction, id, action, exchange);
    yield { kind: "call", nowMs: this.now, exchange, open, earlier };
    for (const event of this.book.call(exchange)) yield { ...event, nowMs: this.now };
  }

  private *answer(line: Line, id: string, answer: CallAnswer): Generator<HistoryEvent> {
    const { connection, pairer } = line;
    const { place } = answer;
    const found = pairer.answer(place.direction, id)?.tag;
    const open = pairer.open(opposite(place.direction)).map(({ tag }) => tag);
    if (found === undefined) {
      const earlier = this.memory.find(opposite(place.direction), id);
      const isEarly =
        place.atMs === null || this.since === null ? this.messagesSince < 3 : place.atMs - this.since < 1000;
      const orphan = { place, id, payload: answer.payload, earlier, open, isEarly };
      yield { kind: "orphan", nowMs: this.now, connection, orphan };
      return;
    }
    found.answer = answer;
    yield { kind: "answer", nowMs: this.now, exchange: found, answer, open };
    for (const event of this.book.answer(found)) yield { ...event, nowMs: this.now };
  }
}
