// The closed union of what a cassette can hold (docs/reference/cassette-format.md). Everything is stored as it was on the
// wire; what can be derived from it is not. Times are nanoseconds since the session's start on a monotonic clock; only
// `session`, `checkpoint` and `end` have the wall clock. Bytes never contain secrets of heads.

import type { Direction, Side } from "../../base/direction.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";

/** What a stored head holds in place of a hidden value. */
export const hiddenMark = "[hidden]";

/** A value that was taken out of a head before it was stored. */
export interface HiddenValue {
  readonly field: string;
  /** The word before the first blank, for Authorization and its like; null for others. */
  readonly scheme: string | null;
  /** Length of the value that was taken out, in bytes, without the scheme. */
  readonly length: number;
  /** Keyed hash, to see whether two values were equal; the key is not kept. */
  readonly hash: string;
}

/** A head as it came, its secrets replaced in the bytes. */
export interface StoredHead {
  readonly raw: Uint8Array;
  readonly hidden: readonly HiddenValue[];
}

/** One thing that the source of a cassette could not know; docs/reference/cassette-format.md says what each means. */
export type Unknowable = "control-frames" | "handshake" | "exact-bytes" | "times" | "ends" | "direction";

/** First entry of every cassette. */
export interface SessionEntry {
  readonly kind: "session";
  /** Version of the format. */
  readonly format: number;
  /** Start value of every checksum of the file. */
  readonly salt: number;
  /** Wall clock at the zero of all times, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** The charge point; null on cassettes that belong to none. */
  readonly identity: string | null;
  /** `wire`: everything on the wire; `messages`: only the texts of messages were known. */
  readonly capture: "wire" | "messages";
  /** What made it: `record`, `replay`, `import frames` ... */
  readonly source: string;
  /** Name and version of the program. */
  readonly tool: string;
  /** The CSMS's URL without userinfo; null where unknown. */
  readonly csms: string | null;
  /** Seed of the faults; null where none were armed. */
  readonly seed: number | null;
  /** The rule file's text, where rules were armed. */
  readonly rules: string | null;
  /** What the source could not know; where it is missing, `capture` tells as much (see knows.ts). */
  readonly unknown?: readonly Unknowable[];
}

/** A certificate, told by what is worth knowing of it. */
export interface StoredCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** SHA-256 over the DER: hexadecimal pairs with colons. */
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Alternative names: `DNS:...`, `IP Address:...` */
  readonly names: readonly string[];
}

/** What a TLS handshake agreed, seen from us. */
export interface TlsFacts {
  /** `TLSv1.3`, `TLSv1.2` ... */
  readonly version: string;
  /** The cipher suite's name in IANA's registry. */
  readonly suite: string;
  /** The name asked for, in SNI. */
  readonly serverName: string | null;
  readonly alpn: string | null;
  /** The certificate that we showed. */
  readonly own: StoredCertificate | null;
  /** The certificate that the other side showed. */
  readonly peer: StoredCertificate | null;
  /** Whether the other side's certificate was found good; why not stands in `finding`. */
  readonly verdict: "verified" | "not-verified" | "none-shown";
  readonly finding: string | null;
}

/** What a charger's ClientHello offered, by the names of IANA's registries where they are known. */
export interface StoredHello {
  readonly versions: readonly string[];
  readonly suites: readonly string[];
  readonly serverName: string | null;
  readonly alpn: readonly string[];
  readonly groups: readonly string[];
  readonly signatures: readonly string[];
  readonly maxFragmentLength: number | null;
}

/** A TLS handshake that did not come about, on either leg. */
export interface HandshakeFailedEntry {
  readonly kind: "handshake-failed";
  /** `charger`: between charger and us; `csms`: between us and the CSMS. */
  readonly leg: Side;
  readonly at: number;
  readonly identity: string | null;
  readonly from: string | null;
  /** The URL that was being dialled on the CSMS's leg. */
  readonly url: string | null;
  readonly hello: StoredHello | null;
  readonly alert: { readonly number: number; readonly name: string; readonly by: Side | "us" } | null;
  /** OpenSSL's or the system's code, or one of ours. */
  readonly reason: string;
  /** The certificate that we showed, or would have shown. */
  readonly own: StoredCertificate | null;
  /** The certificate that the other side showed. */
  readonly peer: StoredCertificate | null;
  /** The likely cause, and how to fix it. */
  readonly diagnosis: string;
  /** The first bytes that came, cut at a limit; null where none did. */
  readonly octets: Uint8Array | null;
}

/** A connection came about: the CSMS answered 101. */
export interface ConnectionOpenedEntry {
  readonly kind: "connection-opened";
  /** Number of the connection in this file, from 1. */
  readonly connection: number;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  readonly at: number | null;
  readonly identity: string;
  /** Address and port of the charger; null where unknown. */
  readonly from: string | null;
  /** The URL that the CSMS was asked for, without secrets; null where unknown. */
  readonly url: string | null;
  readonly subprotocol: string | null;
  /** As the charger sent it; null where unknown. */
  readonly request: StoredHead | null;
  /** As the CSMS sent it; null where unknown. */
  readonly response: StoredHead | null;
  /** What TLS agreed on each leg, null where the leg is plain; missing on cassettes that do not know. */
  readonly tls?: { readonly charger: TlsFacts | null; readonly csms: TlsFacts | null };
}

/** One whole frame as it came in. */
export interface FrameEntry {
  readonly kind: "frame";
  readonly connection: number;
  readonly direction: Direction;
  /** When it was read; null where unknown. */
  readonly rx: number | null;
  /** When it was written to the other side; null where a rule held or changed it, or where unknown. */
  readonly tx: number | null;
  /** Frames of the other direction of this connection that came before it. */
  readonly seen: number;
  /** Header and payload, masked if it was. */
  readonly raw: Uint8Array;
  /** The time as the imported log had it. */
  readonly loggedAt?: string;
}

/** Bytes that are no whole frame. */
export interface BytesEntry {
  readonly kind: "bytes";
  readonly connection: number;
  readonly direction: Direction;
  readonly rx: number | null;
  readonly tx: number | null;
  readonly seen: number;
  /** `opaque`: cannot be followed; `run`: part of a frame above the limit; `cut-off`: the stream ended inside a frame. */
  readonly why: "opaque" | "run" | "cut-off";
  readonly raw: Uint8Array;
}

/** One application of a rule to a message. */
export interface DecisionEntry {
  readonly kind: "decision";
  /** 0 where there was no connection yet. */
  readonly connection: number;
  readonly direction: Direction;
  readonly at: number;
  readonly rule: string;
  readonly fault: string;
  /** A message's type, or what else the rule acted on. */
  readonly type: DecidedType;
  readonly action: string | null;
  /** Number among the messages of that direction, type and action on that connection, from 1. */
  readonly ordinal: number;
  /** The draw that the fault or its trigger made, in [0, 1); null where none was needed. */
  readonly draw: number | null;
  /** What became of the message, in one word and its figures: `delayed 240 ms`, `dropped` ... */
  readonly outcome: string;
  /** The frames as they came, joined. */
  readonly original: Uint8Array;
  /** What goes out after this fault, one element a copy; empty when nothing does. */
  readonly sent: readonly Uint8Array[];
}

/** Bytes of our own that went out without having come in. */
export interface InjectedEntry {
  readonly kind: "injected";
  readonly connection: number;
  readonly direction: Direction;
  readonly at: number;
  /** The rule that made it, or `replay`, or why else. */
  readonly by: string;
  readonly raw: Uint8Array;
}

/** An upgrade that did not come about. */
export interface RefusedEntry {
  readonly kind: "refused";
  readonly at: number;
  readonly identity: string | null;
  readonly from: string | null;
  readonly url: string | null;
  /** Who refused it; `network` when the CSMS could not be reached. */
  readonly by: "csms" | "us" | "network";
  readonly status: number | null;
  readonly reason: string;
  readonly request: StoredHead | null;
  readonly response: StoredHead | null;
  /** The body of the answer, or what came instead of a head; cut at a limit. */
  readonly body: Uint8Array | null;
  /** Bytes of the body in all. */
  readonly bodyLength: number;
}

/** A plain HTTP request and its answer. */
export interface HttpExchangeEntry {
  readonly kind: "http-exchange";
  readonly at: number;
  readonly from: string | null;
  readonly url: string;
  readonly status: number | null;
  readonly request: StoredHead;
  readonly requestBody: Uint8Array;
  readonly requestLength: number;
  readonly response: StoredHead | null;
  readonly responseBody: Uint8Array;
  readonly responseLength: number;
}

/** How one side's stream ended. */
export interface StreamEnd {
  readonly by: Side | "us";
  readonly how: "end" | "reset";
  readonly at: number;
}

/** Both sides are done; the ends in their order. */
export interface ConnectionClosedEntry {
  readonly kind: "connection-closed";
  readonly connection: number;
  readonly at: number | null;
  readonly ends: readonly StreamEnd[];
}

/** Entries that could not be written. */
export interface GapEntry {
  readonly kind: "gap";
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  readonly octets: number;
  readonly why: string;
}

/** Something worth knowing that is no traffic. */
export interface NoteEntry {
  readonly kind: "note";
  readonly connection: number | null;
  readonly at: number | null;
  readonly code: string;
  readonly message: string;
}

/** A note that a person put into the cassette. */
export interface MarkerEntry {
  readonly kind: "marker";
  readonly at: number;
  readonly text: string;
}

/** Ties the monotonic clock to the wall clock and repeats the salt. */
export interface CheckpointEntry {
  readonly kind: "checkpoint";
  readonly at: number | null;
  readonly wall: string;
  readonly salt: number;
  /** Entries of the file before this one. */
  readonly entries: number;
}

/** Last entry of a cassette that was closed in order. */
export interface EndEntry {
  readonly kind: "end";
  readonly at: number | null;
  readonly wall: string;
  readonly entries: number;
}

/** What a cassette can hold. */
export type Entry =
  | SessionEntry
  | ConnectionOpenedEntry
  | FrameEntry
  | BytesEntry
  | DecisionEntry
  | InjectedEntry
  | RefusedEntry
  | HandshakeFailedEntry
  | HttpExchangeEntry
  | ConnectionClosedEntry
  | GapEntry
  | NoteEntry
  | MarkerEntry
  | CheckpointEntry
  | EndEntry;
