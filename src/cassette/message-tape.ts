// A tape from a log of messages: what the importers of such logs share. Nothing is known of the wire, so the
// frames get canonical headers and the session says `capture: messages`.

import { text as decoded, utf8 } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { type Instant, readInstant, writeInstant } from "../base/instant.js";
import { canonicalFrame } from "./canonical-frame.js";
import { formatVersion } from "./codec.js";
import type { Entry, FrameEntry, NoteEntry } from "./entry.js";

/** What an import cannot know by itself. */
export interface ImportContext {
  /** A random salt for each tape. */
  readonly salt: () => number;
  /** The wall clock, ISO 8601 in UTC. */
  readonly wall: string;
  /** Name and version of the program. */
  readonly tool: string;
}

/** One tape of an import. */
export interface ImportedTape {
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
  readonly examples: readonly { readonly line: number; readonly why: string }[];
  /** What else there is to say. */
  readonly remarks: readonly string[];
}

/** Tapes and report of an import. */
export interface Imported {
  readonly tapes: readonly ImportedTape[];
  readonly report: ImportReport;
}

/** Who a tape belongs to and what it was made from. */
export interface TapeFacts {
  readonly identity: string;
  readonly subprotocol: string;
  /** `import frames` and the like. */
  readonly source: string;
}

/** A message of a log. */
export interface LoggedMessage {
  readonly direction: Direction;
  readonly text: string;
  /** The time as it stood; undefined where there was none. */
  readonly loggedAt: string | undefined;
  readonly instant: Instant | undefined;
}

/** The time of a log as it stands, and the moment it tells. */
export function readLoggedTime(text: unknown): Pick<LoggedMessage, "loggedAt" | "instant"> {
  return typeof text === "string"
    ? { loggedAt: text, instant: readInstant(text) }
    : { loggedAt: undefined, instant: undefined };
}

/** Collects the messages of one tape. */
export class MessageTape {
  private readonly frames: (FrameEntry | NoteEntry)[] = [];
  private readonly counts: Record<Direction, number> = { "cp-to-csms": 0, "csms-to-cp": 0 };
  private readonly facts: TapeFacts;
  private first: Instant | undefined;

  constructor(facts: TapeFacts) {
    this.facts = facts;
  }

  /** Adds a message; whatever its text is, it becomes a frame. */
  add({ direction, text, loggedAt, instant }: LoggedMessage): void {
    const payload = utf8(text);
    const raw = canonicalFrame(direction, 1, true, payload);
    const rx = this.timeOf(instant);
    const seen = direction === "cp-to-csms" ? this.counts["csms-to-cp"] : this.counts["cp-to-csms"];
    const frame: FrameEntry = { kind: "frame", connection: 1, direction, rx, tx: null, seen, raw };
    this.frames.push(loggedAt === undefined ? frame : { ...frame, loggedAt });
    this.counts[direction]++;
    if (decoded(payload) !== text)
      this.note(
        "not-utf-8",
        `the text of frame ${this.counts["cp-to-csms"] + this.counts["csms-to-cp"]} holds lone surrogates; they became U+FFFD`,
      );
  }

  /** Adds a note. */
  note(code: string, message: string): void {
    this.frames.push({ kind: "note", connection: 1, at: null, code, message });
  }

  /** All entries of the tape, closed in order. */
  finish({ salt, wall, tool }: ImportContext): readonly Entry[] {
    const { identity, subprotocol, source } = this.facts;
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
      },
      { kind: "checkpoint", at: null, wall, salt: made, entries: 1 },
      {
        kind: "connection-opened",
        connection: 1,
        ordinal: 1,
        at: null,
        identity,
        from: null,
        url: null,
        subprotocol,
        request: null,
        response: null,
      },
      ...this.frames,
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
  private readonly examples: { line: number; why: string }[] = [];

  /** Notes a line that became an entry. */
  take(): void {
    this.taken++;
  }

  /** Notes a line that could not be understood; lines count from 1. */
  refuse(line: number, why: string): void {
    this.notUnderstood++;
    if (this.examples.length < 3) this.examples.push({ line, why });
  }

  /** The report so far. */
  report(remarks: readonly string[] = []): ImportReport {
    const { taken, notUnderstood, examples } = this;
    return { taken, notUnderstood, examples, remarks };
  }
}
