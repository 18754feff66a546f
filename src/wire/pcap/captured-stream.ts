// Classifies and reads a captured TCP stream: a WebSocket connection with its heads and frames, a refused upgrade, TLS
// (which cannot be read), other HTTP, or something else. Never throws.

import { concat } from "../../base/bytes.js";
import type { Side } from "../../base/direction.js";
import { type Head, readHead } from "../http/head.js";
import { asksForUpgrade } from "../http/request-head.js";
import { statusOf } from "../http/response-head.js";
import { looksLikeFrame } from "../websocket/frame-search.js";
import { CapturedHalf, type CapturedItem } from "./captured-half.js";
import type { Endpoint } from "./ip-packets.js";
import type { StreamEndIndex, TcpEvent, TcpStream } from "./tcp-streams.js";

/** A classified stream. */
export type CapturedStream =
  | {
      readonly kind: "websocket";
      readonly charger: Endpoint;
      readonly csms: Endpoint;
      /** Both heads are undefined if the capture began later. */
      readonly request: Head | undefined;
      readonly response: Head | undefined;
      readonly items: readonly CapturedItem[];
    }
  | {
      readonly kind: "refused";
      readonly charger: Endpoint;
      readonly csms: Endpoint;
      readonly atNs: bigint | null;
      readonly request: Head;
      /** Undefined if no answer was captured. */
      readonly response: Head | undefined;
      /** The bytes after the head of the answer; all its bytes if it has no head. */
      readonly body: Uint8Array;
    }
  | { readonly kind: "tls" | "http" | "other" | "empty" };

const isTls = (bytes: Uint8Array): boolean => {
  const [type = 0, major, minor = 9] = bytes;
  return type >= 0x14 && type <= 0x17 && major === 3 && minor <= 4;
};

type DataEvent = Extract<TcpEvent, { kind: "data" }>;

const dataOf = (events: readonly TcpEvent[], from: StreamEndIndex): readonly DataEvent[] =>
  events.filter((event): event is DataEvent => event.kind === "data" && event.from === from);

/** How many bytes at the start of a stream are searched for a head. */
const maxSearched = 32_768;

const startOf = (events: readonly TcpEvent[], from: StreamEndIndex): Uint8Array => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const event of events) {
    if (event.from !== from) continue;
    if (event.kind === "hole" || length > maxSearched) break;
    if (event.kind !== "data") continue;
    parts.push(event.bytes);
    length += event.bytes.length;
  }
  return concat(parts);
};

const headOf = (events: readonly TcpEvent[], from: StreamEndIndex): Head | undefined => {
  const result = readHead(startOf(events, from));
  return result.kind === "head" ? result.head : undefined;
};

const otherEnd = (end: StreamEndIndex): StreamEndIndex => (end === 0 ? 1 : 0);

/** The end whose segments look most like masked frames, so the charger; undefined if neither does. */
const maskingEnd = (events: readonly TcpEvent[]): StreamEndIndex | undefined => {
  const score = (from: StreamEndIndex): number => {
    let found = 0;
    for (const { bytes } of dataOf(events, from).slice(0, 1000)) if (looksLikeFrame(bytes, true)) found++;
    for (const { bytes } of dataOf(events, otherEnd(from)).slice(0, 1000))
      if (looksLikeFrame(bytes, false)) found++;
    return found;
  };
  const [first, second] = [score(0), score(1)];
  if (first === 0 && second === 0) return undefined;
  return first >= second ? 0 : 1;
};

const itemsOf = (
  events: readonly TcpEvent[],
  charger: StreamEndIndex,
  heads: Readonly<Record<Side, boolean>>,
): readonly CapturedItem[] => {
  const halves: Record<Side, CapturedHalf> = {
    charger: new CapturedHalf("charger", heads.charger ? "head" : "unknown"),
    csms: new CapturedHalf("csms", heads.csms ? "head" : "unknown"),
  };
  const items: CapturedItem[] = [];
  let latest: bigint | null = null;
  for (const event of events) {
    const from: Side = event.from === charger ? "charger" : "csms";
    const half = halves[from];
    const { atNs } = event;
    latest = atNs;
    // Not spread: one packet can hold more frames than a call may have arguments.
    for (const item of event.kind === "data" ? half.data(event.bytes, atNs) : []) items.push(item);
    if (event.kind === "hole") items.push(...half.hole(event.length, atNs));
    else if (event.kind !== "data") items.push(...half.finish(atNs), { kind: event.kind, from, atNs });
  }
  return [...items, ...halves.charger.finish(latest), ...halves.csms.finish(latest)];
};

const endpoints = (
  { ends }: TcpStream,
  charger: StreamEndIndex,
): { readonly charger: Endpoint; readonly csms: Endpoint } => ({
  charger: ends[charger],
  csms: ends[otherEnd(charger)],
});

/** The end that sent the request; undefined if the capture has neither head. */
const requestingEnd = (events: readonly TcpEvent[]): StreamEndIndex | undefined => {
  for (const end of [0, 1] as const) {
    const head = headOf(events, end);
    if (head === undefined) continue;
    if (/^HTTP\//.test(head.startLine)) return otherEnd(end);
    return end;
  }
  return undefined;
};

const readHttp = (stream: TcpStream, charger: StreamEndIndex): CapturedStream => {
  const { events } = stream;
  const sides = endpoints(stream, charger);
  const request = headOf(events, charger);
  const response = headOf(events, otherEnd(charger));
  const heads = { charger: request !== undefined, csms: response !== undefined };
  if (request !== undefined && !asksForUpgrade(request)) return { kind: "http" };
  const isOpened = response !== undefined && statusOf(response) === 101;
  const isAnswered = startOf(events, otherEnd(charger)).length > 0;
  if (request === undefined && !isOpened) return { kind: "http" };
  // If the head of the answer is lost in a hole, it may have accepted the upgrade; then frames follow.
  const isLost = response === undefined && (isAnswered || events.some(({ kind }) => kind === "hole"));
  if (isOpened || (isLost && maskingEnd(events) === charger))
    return { kind: "websocket", ...sides, request, response, items: itemsOf(events, charger, heads) };
  if (request === undefined) return { kind: "http" };
  const atNs = events.find(({ from, kind }) => from === charger && kind === "data")?.atNs ?? null;
  const answer = concat(dataOf(events, otherEnd(charger)).map(({ bytes }) => bytes));
  return {
    kind: "refused",
    ...sides,
    atNs,
    request,
    response,
    body: answer.subarray(response?.raw.length ?? 0),
  };
};

/** Classifies a stream, and reads it if it is WebSocket. */
export function readCapturedStream(stream: TcpStream): CapturedStream {
  const { events } = stream;
  const data = events.filter((event): event is DataEvent => event.kind === "data");
  if (data.length === 0) return { kind: "empty" };
  const charger = requestingEnd(events);
  if (charger !== undefined) return readHttp(stream, charger);
  if (data.slice(0, 20).some(({ bytes }) => isTls(bytes))) return { kind: "tls" };
  // A stream that was captured from its start and does not start with HTTP cannot be WebSocket.
  const masking = stream.isFromStart && events[0]?.kind === "data" ? undefined : maskingEnd(events);
  if (masking === undefined) return { kind: "other" };
  const items = itemsOf(events, masking, { charger: false, csms: false });
  if (!items.some(({ kind }) => kind === "frame")) return { kind: "other" };
  return { kind: "websocket", ...endpoints(stream, masking), request: undefined, response: undefined, items };
}
