// A recording from a log of messages: what the importers of such logs share. Nothing is known of the wire, so the
// frames get canonical headers and the session says `capture: messages`.

import { text as decoded, utf8 } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { type Instant, readInstant, writeInstant } from "../base/instant.js";
import { canonicalFrame } from "./format/canonical-frame.js";
import { formatVersion } from "./format/codec.js";
import type { Entry, FrameEntry, NoteEntry, Unknowable } from "./format/entry.js";
import { unknowables } from "./format/shape.js";

/** What an import cannot know by itself. */
export interface ImportContext {
  /** A random salt for each recording. */
  readonly salt: () => number;
  /** The wall clock, ISO 8601 in UTC. */
  readonly wall: string;
  /** Name and version of the program. */
  readonly tool: string;
}

/** One recording of an import. */
export interface ImportedRecording {
  /** What the log called it: a session or a charge point. */
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** How an import went. */
export interface ImportReport {
  /** Lines that became entries. */
  readonly taken: number;
  /** Lines that could not be understood. */
  readonly notUnderstood: number;
  /** The first three of them. */
  readonly examples: readonly { readonly line: number; readonly why: string; readonly text?: string }[];
  /** What else there is to say. */
  readonly remarks: readonly string[];
  /** What a format counts besides, for scripts. */
  readonly facts?: Readonly<Record<string, number | boolean>>;
}

/** Recordings and report of an import. */
export interface Imported {
  readonly recordings: readonly ImportedRecording[];
  readonly report: ImportReport;
}

/** Who a recording belongs to and what it was made from. */
export interface RecordingFacts {
  readonly identity: string;
  readonly subprotocol: string;
  /** `import frames` and the like. */
  readonly source: string;
}

/** A message of a log. */
export interface LoggedMessage {
  readonly direction: Direction;
  readonly text: string;
  /** The time as logged; undefined if the source has none. */
  readonly loggedAt: string | undefined;
  readonly instant: Instant | undefined;
}

/** Reads a time of a log: its text as logged and, if the text can be read, the instant. */
export function readLoggedTime(text: unknown): Pick<LoggedMessage, "loggedAt" | "instant"> {
  return typeof text === "string"
    ? { loggedAt: text, instant: readInstant(text) }
    : { loggedAt: undefined, instant: undefined };
}

/** What no log of messages knows. */
const neverLogged: readonly Unknowable[] = ["control-frames", "handshake", "ends"];

/** The words in the order in which a session entry has them. */
export function unknownInOrder(words: ReadonlySet<Unknowable>): readonly Unknowable[] {
  return unknowables.filter((word) => words.has(word));
}

/** Collects the messages of one recording. */
export class MessageRecording {
  private readonly body: Entry[] = [];
  private counts: Record<Direction, number> = { "cp-to-csms": 0, "csms-to-cp": 0 };
  private readonly unknown = new Set<Unknowable>(neverLogged);
  private readonly facts: RecordingFacts;
  private connection = 0;
  private messages = 0;
  private first: Instant | undefined;

  constructor(facts: RecordingFacts) {
    this.facts = facts;
  }

  /** Adds a message; whatever its text is, it becomes a frame. */
  add({ direction, text, loggedAt, instant }: LoggedMessage): void {
    if (this.connection === 0) this.connect();
    const payload = utf8(text);
    const raw = canonicalFrame(direction, 1, true, payload);
    const rx = this.timeOf(instant);
    if (rx === null) this.unknown.add("times");
    const seen = direction === "cp-to-csms" ? this.counts["csms-to-cp"] : this.counts["cp-to-csms"];
    const { connection } = this;
    const frame: FrameEntry = { kind: "frame", connection, direction, rx, tx: null, seen, raw };
    this.body.push(loggedAt === undefined ? frame : { ...frame, loggedAt });
    this.counts[direction]++;
    this.messages++;
    if (decoded(payload) !== text)
      this.note("not-utf-8", `the text of frame ${this.messages} holds lone surrogates; they became U+FFFD`);
  }

  /** Begins a connection, and ends the one before it; the log says nothing of how. */
  connect(instant?: Instant): void {
    if (this.connection > 0) this.disconnect();
    this.connection++;
    this.counts = { "cp-to-csms": 0, "csms-to-cp": 0 };
    const { identity, subprotocol } = this.facts;
    this.body.push({
      kind: "connection-opened",
      connection: this.connection,
      ordinal: this.connection,
      at: this.timeOf(instant),
      identity,
      from: null,
      url: null,
      subprotocol,
      request: null,
      response: null,
    });
  }

  private disconnect(): void {
    this.body.push({ kind: "connection-closed", connection: this.connection, at: null, ends: [] });
  }

  /** Says of the whole recording that its source could not know this. */
  cannotKnow(what: Unknowable): void {
    this.unknown.add(what);
  }

  /** Adds a note. */
  note(code: string, message: string): void {
    const connection = this.connection === 0 ? null : this.connection;
    const note: NoteEntry = { kind: "note", connection, at: null, code, message };
    this.body.push(note);
  }

  /** All entries of the recording, closed in order. */
  finish({ salt, wall, tool }: ImportContext): readonly Entry[] {
    const { identity, source } = this.facts;
    if (this.connection === 0) this.connect();
    const made = salt();
    const startedAt = this.first?.dated === true ? writeInstant(this.first.ns) : wall;
    const entries: Entry[] = [
      {
        kind: "session",
        format: formatVersion,
        salt: made,
        startedAt,
        identity,
        capture: "messages",
        source,
        tool,
        csms: null,
        seed: null,
        rules: null,
        unknown: unknownInOrder(this.unknown),
      },
      { kind: "checkpoint", at: null, wall, salt: made, entries: 1 },
      ...this.body,
    ];
    return [...entries, { kind: "end", at: null, wall, entries: entries.length }];
  }

  /** Nanoseconds since the first message; null where the text told no moment, or one of another kind. */
  private timeOf(instant: Instant | undefined): number | null {
    if (instant === undefined) return null;
    this.first ??= instant;
    return instant.dated === this.first.dated ? Number(instant.ns - this.first.ns) : null;
  }
}

/** Keeps the book of an import. */
export class ImportBook {
  private taken = 0;
  private notUnderstood = 0;
  private readonly examples: ImportReport["examples"][number][] = [];

  /** Notes lines that became an entry. */
  take(lines = 1): void {
    this.taken += lines;
  }

  /** Notes a line that could not be understood; lines count from 1. */
  refuse(line: number, why: string, text?: string): void {
    this.notUnderstood++;
    if (this.examples.length < 3)
      this.examples.push(text === undefined ? { line, why } : { line, why, text });
  }

  /** The report so far. */
  report(remarks: readonly string[] = []): ImportReport {
    const { taken, notUnderstood, examples } = this;
    return { taken, notUnderstood, examples, remarks };
  }
}
