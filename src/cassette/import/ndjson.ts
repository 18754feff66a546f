// The lines of `export --to ndjson` -> the entries of a recording, equal to those that were exported.

import { entryFromJson } from "../export/ndjson.js";
import type { Entry } from "../format/entry.js";
import { ImportBook, type Imported } from "./message-recording.js";

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
