// Makes a recording call by call, for tests of lint: who calls what at which second, and when the answer comes. Entries are
// sorted by time.
import type { FindingClass } from "../../../src/analyse/lint/detectors/detector.js";
import type { Finding } from "../../../src/analyse/lint/findings.js";
import { type LintOptions, lintDefaults, lintEntries } from "../../../src/analyse/lint/lint.js";
import { fromLatin1 } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import type { Entry, Unknowable } from "../../../src/cassette/format/entry.js";
import { encodeFrame, type FrameParts } from "../../../src/wire/websocket/frame.js";
import { messageFrame } from "./dialogue-recording.js";

/** The facts of the recording. */
export interface StoryOptions {
  readonly capture?: "wire" | "messages";
  readonly unknown?: readonly Unknowable[];
  readonly subprotocol?: string | null;
  /** False: entries have no times. */
  readonly hasTimes?: boolean;
}

/** What is special about a CALL. */
export interface CallOptions {
  readonly id?: string;
  /** Seconds until the answer. */
  readonly after?: number;
  readonly connection?: number;
}

interface Added {
  readonly at: number;
  readonly entry: Entry;
}

/** 10:00 on the first of January 2026, and some seconds. */
export function clockTime(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 10) + seconds * 1000).toISOString();
}

/** A recording that is being made; times are in seconds. */
export class Story {
  private readonly added: Added[] = [];
  private readonly options: StoryOptions;
  private ids = 0;

  constructor(options: StoryOptions = {}) {
    this.options = options;
    const session: Entry = {
      kind: "session",
      format: 1,
      salt: 1,
      startedAt: clockTime(0),
      identity: "CP-1",
      capture: options.capture ?? "wire",
      source: "test",
      tool: "test",
      csms: null,
      seed: null,
      rules: null,
      ...(options.unknown === undefined ? {} : { unknown: options.unknown }),
    };
    this.added.push({ at: -1, entry: session });
    this.open(0);
  }

  /** Opens a connection. */
  open(at: number, connection = 1, head?: string): this {
    const { subprotocol } = this.options;
    return this.add(at - 0.001, {
      kind: "connection-opened",
      connection,
      ordinal: connection,
      at: this.ns(at),
      identity: "CP-1",
      from: null,
      url: null,
      subprotocol: subprotocol === undefined ? "ocpp1.6" : subprotocol,
      request: head === undefined ? null : { raw: fromLatin1(head), hidden: [] },
      response: null,
    });
  }

  /** Closes a connection. */
  close(at: number, connection = 1): this {
    return this.add(at, {
      kind: "connection-closed",
      connection,
      at: this.ns(at),
      ends: [{ by: "charger", how: "end", at: at * 1e9 }],
    });
  }

  /** Adds a text message. */
  text(at: number, direction: Direction, text: string, connection = 1): this {
    return this.raw(at, direction, messageFrame(direction, text), connection);
  }

  /** Adds a frame. */
  frame(at: number, direction: Direction, frame: FrameParts): this {
    return this.raw(at, direction, encodeFrame(frame), 1);
  }

  /** Adds a CALL of the charger, and its answer if one is given. */
  call(at: number, action: string, payload: unknown = {}, answer?: unknown, options: CallOptions = {}): this {
    return this.exchange(at, "cp-to-csms", action, payload, answer, options);
  }

  /** Adds a CALL of the CSMS, and its answer if one is given. */
  ask(at: number, action: string, payload: unknown = {}, answer?: unknown, options: CallOptions = {}): this {
    return this.exchange(at, "csms-to-cp", action, payload, answer, options);
  }

  /** Adds a gap. */
  gap(at: number): this {
    const ns = at * 1e9;
    return this.add(at, { kind: "gap", from: ns, to: ns, entries: 1, octets: 100, why: "test" });
  }

  /** Adds a decision of a rule. */
  decision(at: number, connection = 1): this {
    return this.add(at, {
      kind: "decision",
      connection,
      direction: "csms-to-cp",
      at: at * 1e9,
      rule: "lose",
      fault: "drop",
      type: "CALLRESULT",
      action: null,
      ordinal: 1,
      draw: null,
      outcome: "dropped",
      original: new Uint8Array(0),
      sent: [],
    });
  }

  /** The recording. */
  entries(): readonly Entry[] {
    return [...this.added].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
  }

  /** The findings of lint. */
  findings(options: Partial<LintOptions> = {}): readonly Finding[] {
    return lintEntries(this.entries(), { ...lintDefaults, ...options });
  }

  /** The codes of the findings, with their classes: `smell calls-overlap`. */
  codes(options: Partial<LintOptions> = {}): readonly `${FindingClass} ${string}`[] {
    return this.findings(options).map((finding) => `${finding.class} ${finding.code}` as const);
  }

  private exchange(
    at: number,
    direction: Direction,
    action: string,
    payload: unknown,
    answer: unknown,
    { id = `m-${++this.ids}`, after = 0.1, connection = 1 }: CallOptions,
  ): this {
    this.text(at, direction, JSON.stringify([2, id, action, payload]), connection);
    if (answer === undefined) return this;
    const back = direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms";
    return this.text(at + after, back, JSON.stringify([3, id, answer]), connection);
  }

  private raw(at: number, direction: Direction, raw: Uint8Array, connection: number): this {
    const rx = this.ns(at);
    return this.add(at, { kind: "frame", connection, direction, rx, tx: rx, seen: 0, raw });
  }

  private ns(at: number): number | null {
    return this.options.hasTimes === false ? null : at * 1e9;
  }

  private add(at: number, entry: Entry): this {
    this.added.push({ at, entry });
    return this;
  }
}

/** The boot of a 1.6 charger, and the answer that accepts it. */
export const boot16 = { chargePointVendor: "V", chargePointModel: "M" };

/** An answer to a boot. */
export function bootAnswer(seconds = 0, status = "Accepted", interval = 300): Record<string, unknown> {
  return { status, interval, currentTime: clockTime(seconds) };
}

/** A StatusNotification of 1.6. */
export function status16(status: string, seconds?: number, connectorId = 1): Record<string, unknown> {
  const shared = { connectorId, status, errorCode: "NoError" };
  return seconds === undefined ? shared : { ...shared, timestamp: clockTime(seconds) };
}

/** A StartTransaction, and the answer that accepts it. */
export function start16(seconds: number, meterStart = 0, connectorId = 1): Record<string, unknown> {
  return { connectorId, idTag: "TAG", meterStart, timestamp: clockTime(seconds) };
}

/** An answer to a StartTransaction. */
export function startAnswer(transactionId = 7, status = "Accepted"): Record<string, unknown> {
  return { transactionId, idTagInfo: { status } };
}

/** A StopTransaction. */
export function stop16(seconds: number, meterStop = 0, transactionId = 7): Record<string, unknown> {
  return { transactionId, meterStop, timestamp: clockTime(seconds) };
}

/** MeterValues of one moment. */
export function meter16(
  seconds: number,
  sampledValue: readonly Record<string, unknown>[],
  transactionId = 7,
): Record<string, unknown> {
  return { connectorId: 1, transactionId, meterValue: [{ timestamp: clockTime(seconds), sampledValue }] };
}

/** An energy register. */
export function energy(value: number | string, unit = "Wh"): Record<string, unknown> {
  return { value: String(value), measurand: "Energy.Active.Import.Register", unit };
}

/** A story in which the CSMS accepts the card. */
export function authorised(options: StoryOptions = {}): Story {
  return new Story(options).call(1, "Authorize", { idTag: "TAG" }, { idTagInfo: { status: "Accepted" } });
}
