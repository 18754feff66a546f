// The table of formats. `import --from`, `export --to`, their help texts and the tables of docs/reference/import.md come
// from it.

import type { FileFormat, FormatReader, FormatWriter } from "./format.js";
import { framesFormat } from "./frames.js";
import { linesFormat } from "./lines.js";
import { ndjsonFormat } from "./ndjson.js";
import { openOcppTraceFormat } from "./open-ocpp-trace.js";
import { pcapFormat } from "./pcap.js";

/** All formats, in the order of help texts and docs. */
export const formats: readonly FileFormat[] = [
  linesFormat,
  pcapFormat,
  framesFormat,
  openOcppTraceFormat,
  ndjsonFormat,
];

/** A format that can be read. */
export type ReadableFormat = FileFormat & { readonly reader: FormatReader };

/** A format that can be written. */
export type WritableFormat = FileFormat & { readonly writer: FormatWriter };

/** The formats that `import` reads. */
export const readableFormats: readonly ReadableFormat[] = formats.filter(
  (format): format is ReadableFormat => format.reader !== undefined,
);

/** The formats that `export` writes. */
export const writableFormats: readonly WritableFormat[] = formats.filter(
  (format): format is WritableFormat => format.writer !== undefined,
);
