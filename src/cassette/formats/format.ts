// What the table of formats knows of a format: how it is described, how its files are read, and how it is written. A new
// format is one file of this folder and one row of table.ts.

import { noBytes, text } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { Entry } from "../format/entry.js";
import type { HideHead } from "../hide-secrets.js";
import type { ImportContext, Imported } from "../message-recording.js";
import type { Attempt } from "./lines/items.js";
import type { LinePattern } from "./lines/pattern.js";

/** A file to read. */
export interface SourceFile {
  /** The name without folder and ending; it names the charge point where nothing else does. */
  readonly name: string;
  /** The name with its ending. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Options of `import` that only some formats take. */
export interface ReadOptions {
  /** The charge point of messages and streams that name none. */
  readonly identity?: string | undefined;
  /** Where the values are in a line of a log. */
  readonly pattern?: LinePattern | undefined;
}

/** What a reader gets from outside. */
export interface ReadContext extends ImportContext {
  readonly hideHead: HideHead;
  /** Runs the regular expressions of a pattern for a limited time. */
  readonly attempt: Attempt;
}

/** Reads files of a format. */
export interface FormatReader {
  /** Whether it reads several files as one recording. */
  readonly takesSeveral: boolean;
  /** The options that it takes. */
  readonly options: readonly (keyof ReadOptions)[];
  /** The option without which it cannot read. */
  readonly needs?: keyof ReadOptions;
  /** What to check where nothing in the files could be read. */
  readonly hint: string;
  read(files: readonly SourceFile[], options: ReadOptions, context: ReadContext): Imported;
}

/** A cassette to write in another format. */
export interface SourceCassette {
  /** What it is called in messages: its path. */
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** How many things of each kind were left out, by the keys of the writer's `cannotHold`. */
export type NotHeld<Kind extends string = string> = Readonly<Record<Kind, number>>;

/** The lines of one cassette, and what they leave out. */
export interface WrittenCassette {
  readonly lines: Iterable<string>;
  /** Complete once all lines have been taken. */
  readonly notHeld: () => NotHeld;
}

/** One document in the making: its lines come cassette by cassette. */
export interface DocumentWriter {
  /** Lines before the first cassette. */
  begin?(): Iterable<string>;
  add(cassette: SourceCassette): WrittenCassette;
  /** Lines after the last cassette. */
  end?(): Iterable<string>;
}

/** What a writer needs of a message of a recording. */
export interface ExportMessage {
  readonly kind: "message" | "control";
  readonly connection: number;
  readonly direction: Direction;
  readonly rx: number | null;
  readonly loggedAt: string | undefined;
  readonly opcode: number;
  readonly text: string | undefined;
  readonly complete: boolean;
  readonly frames: readonly number[];
  readonly compression: "none" | "negotiated" | "unasked";
}

/** What a writer gets from outside. */
export interface WriteContext {
  readonly messagesOf: (entries: readonly Entry[]) => Iterable<ExportMessage>;
}

/** Writes cassettes in a format. */
export interface FormatWriter {
  /** What it cannot hold, by the keys of `NotHeld`, in the plural: `control frames`. Empty if it holds everything. */
  readonly cannotHold: Readonly<Record<string, string>>;
  /** Begins a document that holds all cassettes which are added to it. */
  start(context: WriteContext): DocumentWriter;
}

/** A format that cassettes are made from, or written in. */
export interface FileFormat {
  /** As `--from` and `--to` take it. */
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  /** The usual endings of its files. */
  readonly endings: readonly string[];
  readonly reader?: FormatReader;
  readonly writer?: FormatWriter;
}

/** The lines of a text file; a byte order mark at its beginning is left out. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    yield text(bytes.subarray(at, end < 0 ? bytes.length : end));
    if (end < 0) return;
    at = end + 1;
  }
}

/** A reader of one text file, line by line. */
export function lineReader(
  read: (lines: Iterable<string>, name: string, context: ImportContext) => Imported,
): FormatReader {
  return {
    takesSeveral: false,
    options: [],
    hint: "Is --from right?",
    read: ([file], _options, context) => read(linesOf(file?.bytes ?? noBytes), file?.name ?? "", context),
  };
}

/** The JSON object that a line holds; undefined where it holds none. */
export function jsonObjectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
