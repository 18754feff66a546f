// What is peculiar about one charge point, as data that a simulated one can put on: how it connects, what it
// writes otherwise than the schemas have it, and with which values. Peculiar is not wrong: nothing is judged.

import type { Entry } from "../../cassette/format/entry.js";
import { listAt, textAt } from "../../ocpp/payload.js";
import { validate } from "../../ocpp/validation/validate.js";
import { fieldList, parseHead } from "../../wire/http/head.js";
import { opcodes } from "../../wire/websocket/frame.js";
import type { Inflate } from "../messages/deflate.js";
import type { Connection, Exchange, HistoryEvent } from "./events.js";
import { History } from "./history.js";

/** One thing that the charger writes otherwise. */
export interface WrittenQuirk {
  readonly quirk: string;
  readonly action: string | null;
  /** Indexes as `*`. */
  readonly pointer: string;
  count: number;
  /** The first few values as they stood. */
  readonly values: string[];
}

/** How the charger connects; only of recordings of the wire. */
export interface WireQuirks {
  /** What it offers in Sec-WebSocket-Protocol; empty where it offers nothing. */
  readonly subprotocols: readonly string[];
  /** Seconds between its pings; null where it never pinged in 10 minutes of a connection. */
  readonly pingSeconds: number | null | "unknown";
  readonly connections: number;
  /** Connections that the charger ended without a close frame. */
  readonly endsWithoutClose: number;
  /** Only where there are more than 5. */
  readonly reconnectsPerHour: number | null;
  readonly compressesUnasked: boolean;
}

/** What is peculiar about a charge point. */
export interface QuirkProfile {
  readonly profile: 1;
  readonly identity: string | null;
  readonly version: string;
  readonly capture: "wire" | "messages";
  readonly wire: WireQuirks | null;
  readonly messages: {
    /** Bytes of its longest message. */
    readonly longest: number;
    /** Most of its CALLs that were open at once. */
    readonly mostOpenCalls: number;
    /** Actions of the CSMS that it answered with a CALLERROR, and with which codes. */
    readonly refuses: Readonly<Record<string, readonly string[]>>;
    /** Actions of the CSMS that it never answered. */
    readonly ignores: readonly string[];
  };
  readonly written: readonly WrittenQuirk[];
}

const mostValues = 5;
const mostQuirks = 1000;
const longestValue = 120;
const pingPatience = 600_000;

class Wire {
  private readonly subprotocols = new Set<string>();
  private readonly pings: number[] = [];
  private readonly lastPing = new Map<number, number>();
  private readonly openedAt: number[] = [];
  private readonly closers = new Set<number>();
  private longest = 0;
  private compressesUnasked = false;
  private endsWithoutClose = 0;
  private end = 0;

  see(event: HistoryEvent, entry: Entry | undefined): void {
    if (event.nowMs !== null) this.end = Math.max(this.end, event.nowMs);
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
    if (openedAtMs !== null) this.openedAt.push(openedAtMs);
  }

  private control({ message, nowMs }: Extract<HistoryEvent, { kind: "control" }>): void {
    const { connection, direction, opcode } = message;
    if (direction !== "cp-to-csms") return;
    if (opcode === opcodes.close) this.closers.add(connection);
    if (opcode !== opcodes.ping || nowMs === null) return;
    const before = this.lastPing.get(connection);
    if (before !== undefined && this.pings.length < 10_000) this.pings.push(nowMs - before);
    this.lastPing.set(connection, nowMs);
  }

  private close(connection: Connection, entry: Entry | undefined, now: number | null): void {
    if (connection.openedAtMs !== null && now !== null)
      this.longest = Math.max(this.longest, now - connection.openedAtMs);
    const first = entry?.kind === "connection-closed" ? entry.ends[0]?.by : undefined;
    if (first === "charger" && !this.closers.has(connection.number)) this.endsWithoutClose++;
  }

  result(): WireQuirks {
    const { openedAt, pings, endsWithoutClose, compressesUnasked } = this;
    const [first] = openedAt;
    const hours = first === undefined ? 0 : (this.end - first) / 3_600_000;
    const rate = hours === 0 ? 0 : (openedAt.length - 1) / hours;
    const sorted = [...pings].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    const alive = Math.max(this.longest, first === undefined ? 0 : this.end - (openedAt.at(-1) ?? first));
    const never = this.lastPing.size === 0 && alive > pingPatience ? null : "unknown";
    return {
      subprotocols: [...this.subprotocols],
      pingSeconds: middle === undefined ? never : Math.round(middle / 100) / 10,
      connections: openedAt.length,
      endsWithoutClose,
      reconnectsPerHour: openedAt.length > 5 && rate > 5 ? Math.round(rate * 10) / 10 : null,
      compressesUnasked,
    };
  }
}

class Written {
  private readonly quirks = new Map<string, WrittenQuirk>();

  see({ place, connection, action, message }: Extract<HistoryEvent, { kind: "message" }>): void {
    if (place.direction !== "cp-to-csms" || message.text === undefined || !connection.hasSchemas) return;
    for (const { code, pointer, found } of validate(message.text, connection.version, "spec", { action }))
      this.add(code, action, pointer, found);
  }

  celcius({ action, payload }: Exchange): void {
    for (const reading of listAt(payload, "meterValue"))
      for (const sample of listAt(reading, "sampledValue"))
        if (textAt(sample, "unit") === "Celcius")
          this.add("unit-celcius", action, "/3/meterValue/0/sampledValue/0/unit", '"Celcius"');
  }

  private add(quirk: string, action: string | undefined, pointer: string, found: string): void {
    const starred = pointer.replace(/(?<=\/[^/]+)\/\d+(?=\/|$)/g, "/*");
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
  readonly wire = new Wire();
  readonly written = new Written();
  readonly refuses = new Map<string, Set<string>>();
  private readonly asked = new Map<string, boolean>();
  version = "1.6";
  longest = 0;
  mostOpenCalls = 0;

  see(event: HistoryEvent, entry: Entry | undefined): void {
    this.wire.see(event, entry);
    if (event.kind === "message") {
      this.version = event.connection.version;
      if (event.place.direction === "cp-to-csms")
        this.longest = Math.max(this.longest, event.message.payload.length);
      this.written.see(event);
    } else if (event.kind === "call") this.call(event.exchange, event.open.length);
    else if (event.kind === "answer" && event.exchange.direction === "csms-to-cp")
      this.answer(event.exchange);
  }

  private call(exchange: Exchange, open: number): void {
    if (exchange.direction === "cp-to-csms") {
      if (!exchange.isSend) this.mostOpenCalls = Math.max(this.mostOpenCalls, open + 1);
      this.written.celcius(exchange);
    } else if (this.asked.size < mostQuirks)
      this.asked.set(exchange.action, this.asked.get(exchange.action) ?? false);
  }

  private answer({ action, answer }: Exchange): void {
    this.asked.set(action, true);
    if (answer?.code === undefined) return;
    const codes = this.refuses.get(action) ?? new Set<string>();
    this.refuses.set(action, codes);
    if (codes.size < mostValues) codes.add(answer.code.slice(0, longestValue));
  }

  ignores(): readonly string[] {
    return [...this.asked].filter(([, wasAnswered]) => !wasAnswered).map(([action]) => action);
  }
}

/** The profile of the charge point of a recording. */
export function quirkProfileOf(entries: Iterable<Entry>, inflate?: Inflate): QuirkProfile {
  const history = new History(inflate);
  const profiler = new Profiler();
  let identity: string | null = null;
  let capture: "wire" | "messages" = "wire";
  let position = 0;
  for (const entry of entries) {
    if (entry.kind === "session") ({ identity, capture } = entry);
    for (const event of history.push(entry, position++)) profiler.see(event, entry);
  }
  for (const event of history.end()) profiler.see(event, undefined);
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
