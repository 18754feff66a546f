// The quirk profile of one charge point, as data that a simulated charger can apply: how it connects, and where and with
// which values its messages differ from the schemas. A quirk is not necessarily a defect.

import type { Entry } from "../../cassette/format/entry.js";
import { starIndexes } from "../../ocpp/json/pointer.js";
import { listAt, textAt } from "../../ocpp/payload.js";
import { validate } from "../../ocpp/validation/validate.js";
import { assumedVersion, type OcppVersion } from "../../ocpp/version.js";
import { fieldList, parseHead } from "../../wire/http/head.js";
import { opcodes } from "../../wire/websocket/frame.js";
import type { Inflate } from "../messages/deflate.js";
import type { Connection, Exchange, HistoryEvent } from "./events.js";
import { History } from "./history.js";

/** One way in which the charger's messages differ from the schemas. */
export interface WrittenQuirk {
  /** The code of the validation rule, or `unit-celcius`. */
  readonly quirk: string;
  readonly action: string | null;
  /** JSON pointer with `*` for indexes. */
  readonly pointer: string;
  count: number;
  /** The first few distinct values, as JSON text. */
  readonly values: string[];
}

/** How the charger connects; only for recordings made on the wire. */
export interface WireQuirks {
  /** The subprotocols that it offers in Sec-WebSocket-Protocol. */
  readonly subprotocols: readonly string[];
  /** The median of the seconds between its pings; null if it sent none during 10 minutes of a connection. */
  readonly pingSeconds: number | null | "unknown";
  readonly connections: number;
  /** Connections that the charger ended without a close frame. */
  readonly endsWithoutClose: number;
  /** Null unless there are more than 5 connections and more than 5 reconnects an hour. */
  readonly reconnectsPerHour: number | null;
  readonly compressesUnasked: boolean;
}

/** The quirk profile of a charge point. */
export interface QuirkProfile {
  readonly profile: 1;
  readonly identity: string | null;
  readonly version: string;
  readonly capture: "wire" | "messages";
  readonly wire: WireQuirks | null;
  readonly messages: {
    /** Length of its longest message, in bytes. */
    readonly longest: number;
    /** The largest number of its CALLs that were unanswered at the same time. */
    readonly mostOpenCalls: number;
    /** By action of the CSMS: the error codes of the CALLERRORs that it answered with. */
    readonly refuses: Readonly<Record<string, readonly string[]>>;
    /** Actions of the CSMS that it never answered. */
    readonly ignores: readonly string[];
  };
  readonly written: readonly WrittenQuirk[];
}

const mostValues = 5;
const mostQuirks = 1000;
const longestValue = 120;
/** A connection of this length without a ping shows that the charger does not ping. */
const longWithoutPingMs = 600_000;

class WireCollector {
  private readonly subprotocols = new Set<string>();
  private readonly pingGapsMs: number[] = [];
  private readonly lastPingMs = new Map<number, number>();
  private readonly openedAtMs: number[] = [];
  private readonly closers = new Set<number>();
  private longestMs = 0;
  private compressesUnasked = false;
  private endsWithoutClose = 0;
  private endMs = 0;

  handle(event: HistoryEvent, entry: Entry | undefined): void {
    if (event.nowMs !== null) this.endMs = Math.max(this.endMs, event.nowMs);
    if (event.kind === "opened") this.open(event.connection);
    else if (event.kind === "control") this.control(event);
    else if (event.kind === "message" && event.place.direction === "cp-to-csms")
      this.compressesUnasked ||= event.message.compression === "unasked";
    else if (event.kind === "closed") this.close(event.connection, entry, event.nowMs);
  }

  private open({ openedEntry, openedAtMs }: Connection): void {
    if (openedEntry?.request != null)
      for (const name of fieldList(parseHead(openedEntry.request.raw), "sec-websocket-protocol"))
        this.subprotocols.add(name);
    if (openedAtMs !== null) this.openedAtMs.push(openedAtMs);
  }

  private control({ message, nowMs }: Extract<HistoryEvent, { kind: "control" }>): void {
    const { connection, direction, opcode } = message;
    if (direction !== "cp-to-csms") return;
    if (opcode === opcodes.close) this.closers.add(connection);
    if (opcode !== opcodes.ping || nowMs === null) return;
    const before = this.lastPingMs.get(connection);
    if (before !== undefined && this.pingGapsMs.length < 10_000) this.pingGapsMs.push(nowMs - before);
    this.lastPingMs.set(connection, nowMs);
  }

  private close(connection: Connection, entry: Entry | undefined, nowMs: number | null): void {
    if (connection.openedAtMs !== null && nowMs !== null)
      this.longestMs = Math.max(this.longestMs, nowMs - connection.openedAtMs);
    const first = entry?.kind === "connection-closed" ? entry.ends[0]?.by : undefined;
    if (first === "charger" && !this.closers.has(connection.number)) this.endsWithoutClose++;
  }

  result(): WireQuirks {
    const { openedAtMs, pingGapsMs, endsWithoutClose, compressesUnasked } = this;
    const [firstMs] = openedAtMs;
    const hours = firstMs === undefined ? 0 : (this.endMs - firstMs) / 3_600_000;
    const rate = hours === 0 ? 0 : (openedAtMs.length - 1) / hours;
    const sortedMs = [...pingGapsMs].sort((a, b) => a - b);
    const medianMs = sortedMs[sortedMs.length >> 1];
    const aliveMs = Math.max(
      this.longestMs,
      firstMs === undefined ? 0 : this.endMs - (openedAtMs.at(-1) ?? firstMs),
    );
    const never = this.lastPingMs.size === 0 && aliveMs > longWithoutPingMs ? null : "unknown";
    return {
      subprotocols: [...this.subprotocols],
      pingSeconds: medianMs === undefined ? never : Math.round(medianMs / 100) / 10,
      connections: openedAtMs.length,
      endsWithoutClose,
      reconnectsPerHour: openedAtMs.length > 5 && rate > 5 ? Math.round(rate * 10) / 10 : null,
      compressesUnasked,
    };
  }
}

class WrittenCollector {
  private readonly quirks = new Map<string, WrittenQuirk>();

  handle({ place, connection, action, message }: Extract<HistoryEvent, { kind: "message" }>): void {
    if (place.direction !== "cp-to-csms" || message.text === undefined || !connection.hasSchemas) return;
    for (const { code, pointer, found } of validate(message.text, connection.version, "spec", { action }))
      this.add(code, action, pointer, found);
  }

  /** Some chargers write the unit Celsius with a spelling error. */
  celcius({ action, payload }: Exchange): void {
    for (const reading of listAt(payload, "meterValue"))
      for (const sample of listAt(reading, "sampledValue"))
        if (textAt(sample, "unit") === "Celcius")
          this.add("unit-celcius", action, "/3/meterValue/0/sampledValue/0/unit", '"Celcius"');
  }

  private add(quirk: string, action: string | undefined, pointer: string, found: string): void {
    const starred = starIndexes(pointer);
    const key = JSON.stringify([quirk, action ?? null, starred]);
    const known = this.quirks.get(key) ?? {
      quirk,
      action: action ?? null,
      pointer: starred,
      count: 0,
      values: [],
    };
    if (this.quirks.size >= mostQuirks && !this.quirks.has(key)) return;
    this.quirks.set(key, known);
    known.count++;
    const value = found.slice(0, longestValue);
    if (known.values.length < mostValues && !known.values.includes(value)) known.values.push(value);
  }

  list(): readonly WrittenQuirk[] {
    return [...this.quirks.values()].sort((a, b) => b.count - a.count);
  }
}

class Profiler {
  readonly wire = new WireCollector();
  readonly written = new WrittenCollector();
  readonly refuses = new Map<string, Set<string>>();
  /** By action of the CSMS: whether the charger ever answered it. */
  private readonly answered = new Map<string, boolean>();
  version: OcppVersion = assumedVersion;
  longest = 0;
  mostOpenCalls = 0;

  handle(event: HistoryEvent, entry: Entry | undefined): void {
    this.wire.handle(event, entry);
    if (event.kind === "message") {
      this.version = event.connection.version;
      if (event.place.direction === "cp-to-csms")
        this.longest = Math.max(this.longest, event.message.payload.length);
      this.written.handle(event);
    } else if (event.kind === "call") this.call(event.exchange, event.open.length);
    else if (event.kind === "answer" && event.exchange.direction === "csms-to-cp")
      this.answer(event.exchange);
  }

  private call(exchange: Exchange, open: number): void {
    if (exchange.direction === "cp-to-csms") {
      if (!exchange.isSend) this.mostOpenCalls = Math.max(this.mostOpenCalls, open + 1);
      this.written.celcius(exchange);
    } else if (this.answered.size < mostQuirks)
      this.answered.set(exchange.action, this.answered.get(exchange.action) ?? false);
  }

  private answer({ action, answer }: Exchange): void {
    this.answered.set(action, true);
    if (answer?.code === undefined) return;
    const codes = this.refuses.get(action) ?? new Set<string>();
    this.refuses.set(action, codes);
    if (codes.size < mostValues) codes.add(answer.code.slice(0, longestValue));
  }

  ignores(): readonly string[] {
    return [...this.answered].filter(([, wasAnswered]) => !wasAnswered).map(([action]) => action);
  }
}

/** The quirk profile of the charge point of a recording. */
export function quirkProfileOf(entries: Iterable<Entry>, inflate?: Inflate): QuirkProfile {
  const history = new History(inflate);
  const profiler = new Profiler();
  let identity: string | null = null;
  let capture: "wire" | "messages" = "wire";
  let position = 0;
  for (const entry of entries) {
    if (entry.kind === "session") ({ identity, capture } = entry);
    for (const event of history.push(entry, position++)) profiler.handle(event, entry);
  }
  for (const event of history.end()) profiler.handle(event, undefined);
  const { version, longest, mostOpenCalls, refuses } = profiler;
  return {
    profile: 1,
    identity,
    version,
    capture,
    wire: capture === "wire" ? profiler.wire.result() : null,
    messages: {
      longest,
      mostOpenCalls,
      refuses: Object.fromEntries([...refuses].map(([action, codes]) => [action, [...codes]])),
      ignores: profiler.ignores(),
    },
    written: profiler.written.list(),
  };
}
