// The fields of every kind of entry: their names, their order in a record and what they may hold. One table
// for writing, for reading hostile files and for the NDJSON form; the type at its end holds it and the union
// of entry.ts together. docs/reference/cassette-format.md says the same in words.

import { messageTypes } from "../../ocpp/envelope/message-type.js";
import type { Entry, Unknowable } from "./entry.js";

/** What a field may hold. */
export type Shape =
  | { readonly kind: "text" }
  /** A whole number from 0 to 2^53 - 1. */
  | { readonly kind: "count" }
  /** Any finite number. */
  | { readonly kind: "number" }
  | { readonly kind: "bytes" }
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "object"; readonly fields: Fields }
  | { readonly kind: "or-null"; readonly of: Shape }
  /** May be left out. */
  | { readonly kind: "optional"; readonly of: Shape };

/** Named fields in their order. */
export type Fields = Readonly<Record<string, Shape>>;

const text: Shape = { kind: "text" };
const count: Shape = { kind: "count" };
const number: Shape = { kind: "number" };
const bytes: Shape = { kind: "bytes" };
const word = (...words: readonly string[]): Shape => ({ kind: "word", words });
const list = (of: Shape): Shape => ({ kind: "list", of });
const orNull = (of: Shape): Shape => ({ kind: "or-null", of });
const object = (fields: Fields): Shape => ({ kind: "object", fields });

const direction = word("cp-to-csms", "csms-to-cp");
const hidden = object({ field: text, scheme: orNull(text), length: count, hash: text });
const head = object({ raw: bytes, hidden: list(hidden) });

const certificate = object({
  subject: text,
  issuer: text,
  serial: text,
  fingerprint: text,
  notBefore: text,
  notAfter: text,
  names: list(text),
});
const tls = object({
  version: text,
  suite: text,
  serverName: orNull(text),
  alpn: orNull(text),
  own: orNull(certificate),
  peer: orNull(certificate),
  verdict: word("verified", "not-verified", "none-shown"),
  finding: orNull(text),
});
const hello = object({
  versions: list(text),
  suites: list(text),
  serverName: orNull(text),
  alpn: list(text),
  groups: list(text),
  signatures: list(text),
  maxFragmentLength: orNull(count),
});

/** Everything that the source of a cassette can fail to know, in the order in which a session entry has it. */
export const unknowables: readonly Unknowable[] = [
  "control-frames",
  "handshake",
  "exact-bytes",
  "times",
  "ends",
  "direction",
];

type FieldsOf<E> = { readonly [Name in Exclude<keyof E, "kind">]-?: Shape };
type Table = { readonly [Kind in Entry["kind"]]: FieldsOf<Extract<Entry, { kind: Kind }>> };

/** The fields of each kind of entry, in the order in which they are stored. */
export const shapes: Table = {
  session: {
    format: count,
    salt: count,
    startedAt: text,
    identity: orNull(text),
    capture: word("wire", "messages"),
    source: text,
    tool: text,
    csms: orNull(text),
    seed: orNull(number),
    rules: orNull(text),
    unknown: { kind: "optional", of: list(word(...unknowables)) },
  },
  "connection-opened": {
    connection: count,
    ordinal: count,
    at: orNull(number),
    identity: text,
    from: orNull(text),
    url: orNull(text),
    subprotocol: orNull(text),
    request: orNull(head),
    response: orNull(head),
    tls: { kind: "optional", of: object({ charger: orNull(tls), csms: orNull(tls) }) },
  },
  frame: {
    connection: count,
    direction,
    rx: orNull(number),
    tx: orNull(number),
    seen: count,
    raw: bytes,
    loggedAt: { kind: "optional", of: text },
  },
  bytes: {
    connection: count,
    direction,
    rx: orNull(number),
    tx: orNull(number),
    seen: count,
    why: word("opaque", "run", "cut-off"),
    raw: bytes,
  },
  decision: {
    connection: count,
    direction,
    at: number,
    rule: text,
    fault: text,
    type: word(...messageTypes, "unreadable", "ping", "pong", "connection", "upgrade", "tls"),
    action: orNull(text),
    ordinal: count,
    draw: orNull(number),
    outcome: text,
    original: bytes,
    sent: list(bytes),
  },
  injected: { connection: count, direction, at: number, by: text, raw: bytes },
  refused: {
    at: number,
    identity: orNull(text),
    from: orNull(text),
    url: orNull(text),
    by: word("csms", "us", "network"),
    status: orNull(count),
    reason: text,
    request: orNull(head),
    response: orNull(head),
    body: orNull(bytes),
    bodyLength: count,
  },
  "http-exchange": {
    at: number,
    from: orNull(text),
    url: text,
    status: orNull(count),
    request: head,
    requestBody: bytes,
    requestLength: count,
    response: orNull(head),
    responseBody: bytes,
    responseLength: count,
  },
  "connection-closed": {
    connection: count,
    at: orNull(number),
    ends: list(object({ by: word("charger", "csms", "us"), how: word("end", "reset"), at: number })),
  },
  gap: { from: number, to: number, entries: count, octets: count, why: text },
  note: { connection: orNull(count), at: orNull(number), code: text, message: text },
  marker: { at: number, text },
  checkpoint: { at: orNull(number), wall: text, salt: count, entries: count },
  end: { at: orNull(number), wall: text, entries: count },
  "handshake-failed": {
    leg: word("charger", "csms"),
    at: number,
    identity: orNull(text),
    from: orNull(text),
    url: orNull(text),
    hello: orNull(hello),
    alert: orNull(object({ number: count, name: text, by: word("charger", "csms", "us") })),
    reason: text,
    own: orNull(certificate),
    peer: orNull(certificate),
    diagnosis: text,
    octets: orNull(bytes),
  },
};
