// An entry -> the body of its record: a msgpack map of its fields in the order of shape.ts, without `kind`.
// Texts are made well-formed first: msgpackr would write a lone surrogate as bytes that are no UTF-8.

import { Packr } from "msgpackr";
import { text as decoded, utf8 } from "../../base/bytes.js";
import type { Entry } from "./entry.js";
import { type Fields, type Shape, shapes } from "./shape.js";

const packr = new Packr({ useRecords: false, structuredClone: false, variableMapSize: true });

const loneSurrogate = /\p{Surrogate}/u;

/** The text with U+FFFD for every lone surrogate. */
const wellFormed = (value: string): string => (loneSurrogate.test(value) ? decoded(utf8(value)) : value);

const plain = (value: unknown, shape: Shape): unknown => {
  switch (shape.kind) {
    case "text":
    case "word":
      return wellFormed(String(value));
    case "list":
      return (value as readonly unknown[]).map((element) => plain(element, shape.of));
    case "object":
      return ordered(value as Readonly<Record<string, unknown>>, shape.fields);
    case "or-null":
      return value === null ? null : plain(value, shape.of);
    case "optional":
      return plain(value, shape.of);
    case "count":
    case "number":
    case "bytes":
      return value;
  }
};

const ordered = (value: Readonly<Record<string, unknown>>, fields: Fields): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(fields))
    if (value[name] !== undefined) out[name] = plain(value[name], shape);
  return out;
};

/** The bytes of the body of an entry's record. */
export function packBody(entry: Entry): Uint8Array {
  return packr.pack(ordered(entry as unknown as Readonly<Record<string, unknown>>, shapes[entry.kind]));
}
