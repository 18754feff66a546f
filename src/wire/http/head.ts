// Reads HTTP/1.1 heads (RFC 9112 sections 2-5). Never throws, and limits bytes and fields; the caller limits the time.
// Order, case, duplicates and invalid bytes are kept, because a head must be forwarded exactly as it arrived.

import { latin1 } from "../../base/bytes.js";

/** One header field; name and value are decoded as ISO 8859-1, one character per byte. */
export interface Field {
  readonly name: string;
  /** Without the spaces and tabs around it. */
  readonly value: string;
  /** Offset of the value in the head, in bytes. */
  readonly valueAt: number;
}

/** A head: its start line, its fields, and all its bytes, the empty line included. */
export interface Head {
  readonly startLine: string;
  readonly fields: readonly Field[];
  readonly raw: Uint8Array;
  /** Lines that are not valid fields: without a colon, folded, or with a space before the colon. */
  readonly oddLines: readonly string[];
  /** Whether a line ended with a line feed alone, without a carriage return. */
  readonly bareLineFeed: boolean;
}

/** The largest head that is accepted. */
export interface HeadLimits {
  readonly bytes: number;
  readonly fields: number;
}

/** More than any charger sends, and small enough to survive a flood. */
export const headLimits: HeadLimits = { bytes: 16_384, fields: 100 };

/** The result of reading a head from the start of a stream. */
export type HeadResult =
  | { readonly kind: "incomplete" }
  | { readonly kind: "head"; readonly head: Head; readonly rest: Uint8Array }
  | { readonly kind: "too-large"; readonly why: string }
  /** The first line cannot be the start of HTTP. */
  | { readonly kind: "not-http" };

const lineFeed = 10;

/** Offset after the empty line that ends the head, or -1. */
const endOfHead = (bytes: Uint8Array): number => {
  let at = bytes.indexOf(lineFeed);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next === lineFeed) return at + 2;
    if (next === 13 && bytes[at + 2] === lineFeed) return at + 3;
    at = bytes.indexOf(lineFeed, at + 1);
  }
  return -1;
};

const startOfHttp = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}(?: |$)|HTTP\/)/;

const looksLikeHttp = (bytes: Uint8Array): boolean => {
  const end = bytes.indexOf(lineFeed);
  const line = latin1(bytes.subarray(0, end < 0 ? Math.min(bytes.length, 40) : Math.min(end, 40)));
  return startOfHttp.test(line);
};

interface Lines {
  readonly lines: readonly { text: string; at: number }[];
  readonly bareLineFeed: boolean;
}

const linesOf = (raw: Uint8Array): Lines => {
  const lines: { text: string; at: number }[] = [];
  let bareLineFeed = false;
  let at = 0;
  while (at < raw.length) {
    const found = raw.indexOf(lineFeed, at);
    // A head in an imported cassette may lack its end.
    const end = found < 0 ? raw.length : found;
    const withReturn = end > at && raw[end - 1] === 13;
    if (!withReturn && found >= 0) bareLineFeed = true;
    const text = latin1(raw.subarray(at, withReturn ? end - 1 : end));
    if (text !== "") lines.push({ text, at });
    at = end + 1;
  }
  return { lines, bareLineFeed };
};

/** Parses a head; `raw` may lack its end. */
export function parseHead(raw: Uint8Array): Head {
  const { lines, bareLineFeed } = linesOf(raw);
  const fields: Field[] = [];
  const oddLines: string[] = [];
  for (const { text, at } of lines.slice(1)) {
    const colon = text.indexOf(":");
    if (colon <= 0 || /[\s]/.test(text.slice(0, colon))) {
      oddLines.push(text);
      continue;
    }
    const after = text.slice(colon + 1);
    const value = after.replace(/^[ \t]+|[ \t]+$/g, "");
    const lead = after.length - after.replace(/^[ \t]+/, "").length;
    fields.push({ name: text.slice(0, colon), value, valueAt: at + colon + 1 + lead });
  }
  return { startLine: lines[0]?.text ?? "", fields, raw, oddLines, bareLineFeed };
}

/** Reads the head at the start of a stream. */
export function readHead(bytes: Uint8Array, limits: HeadLimits = headLimits): HeadResult {
  if (bytes.length > 0 && !looksLikeHttp(bytes)) return { kind: "not-http" };
  const end = endOfHead(bytes.subarray(0, limits.bytes));
  if (end < 0) {
    if (bytes.length < limits.bytes) return { kind: "incomplete" };
    return { kind: "too-large", why: `the head is longer than ${limits.bytes} bytes` };
  }
  const head = parseHead(bytes.subarray(0, end));
  if (head.fields.length + head.oddLines.length > limits.fields)
    return { kind: "too-large", why: `the head has more than ${limits.fields} fields` };
  return { kind: "head", head, rest: bytes.subarray(end) };
}

/** All values of a field, in order; the case of the name does not matter. */
export function fieldValues(head: Head, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return head.fields.filter((field) => field.name.toLowerCase() === wanted).map((field) => field.value);
}

/** The first value of a field. */
export function fieldValue(head: Head, name: string): string | undefined {
  return fieldValues(head, name)[0];
}

/** The elements of a comma-separated field from all its lines, trimmed, without empty ones. */
export function fieldList(head: Head, name: string): readonly string[] {
  return fieldValues(head, name).flatMap((value) =>
    value
      .split(",")
      .map((element) => element.trim())
      .filter((element) => element !== ""),
  );
}
