// The lines of `export --to ndjson` -> the entries of a recording, equal to those that were exported.

import { jsonLine } from "../../text/printable.js";
import type { Entry } from "../format/entry.js";
import { entryFromJson, entryToJson } from "../format/entry-json.js";
import { ImportBook, type Imported } from "../message-recording.js";
import { type FileFormat, lineReader } from "./format.js";

const identityOf = (entries: readonly Entry[]): string | undefined => {
  for (const entry of entries)
    if (entry.kind === "session" || entry.kind === "connection-opened") return entry.identity ?? undefined;
  return undefined;
};

/** Reads exported entries; `fallback` names the recording where no entry names its charge point. */
export function importNdjson(lines: Iterable<string>, fallback: string): Imported {
  const book = new ImportBook();
  const entries: Entry[] = [];
  let number = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const built = entryFromJson(line);
    if ("why" in built) {
      book.refuse(number, built.why);
      continue;
    }
    entries.push(built.ok);
    book.take();
  }
  const recordings = entries.length === 0 ? [] : [{ name: identityOf(entries) ?? fallback, entries }];
  return { recordings, report: book.report() };
}

/** Every entry of a cassette, one JSON object a line. */
export const ndjsonFormat: FileFormat = {
  name: "ndjson",
  about: "every entry as one JSON object a line",
  endings: [".ndjson"],
  reader: lineReader(importNdjson),
  writer: {
    cannotHold: {},
    start: () => ({ add: ({ entries }) => ({ lines: linesOfEntries(entries), notHeld: () => ({}) }) }),
  },
};

function* linesOfEntries(entries: readonly Entry[]): Generator<string> {
  for (const entry of entries) yield jsonLine(entryToJson(entry));
}
