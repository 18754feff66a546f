// One charge point's captured streams -> the entries of its recording: connections with both heads, frames in the order
// in which they came, holes and torn frames, and who ended what. Knows nothing of packets.

import { directionFrom, type Side } from "../../../base/direction.js";
import { writeInstant } from "../../../base/instant.js";
import { fieldValue, type Head } from "../../../wire/http/head.js";
import { requestLine } from "../../../wire/http/request-head.js";
import { chosenSubprotocol, statusOf } from "../../../wire/http/response-head.js";
import { identityOf, shownTarget, splitTarget } from "../../../wire/http/target.js";
import type { CapturedStream } from "../../../wire/pcap/captured-stream.js";
import type { Endpoint } from "../../../wire/pcap/ip-packets.js";
import { formatVersion } from "../../format/codec.js";
import type { Entry, SessionEntry, StoredHead, StreamEnd, Unknowable } from "../../format/entry.js";
import { type HideHead, hideUserinfo } from "../../hide-secrets.js";
import { type ImportContext, unknownInOrder } from "../../message-recording.js";

/** What an import of captures needs to know. */
export interface PcapContext extends ImportContext {
  readonly hideHead: HideHead;
  /** The charge point of streams that do not name theirs. */
  readonly identity?: string | undefined;
}

type WebSocketStream = Extract<CapturedStream, { kind: "websocket" }>;
type RefusedStream = Extract<CapturedStream, { kind: "refused" }>;

const addressOf = ({ address, port }: Endpoint): string =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;

const hostOf = (request: Head | undefined, csms: Endpoint): string => {
  const host = request === undefined ? undefined : fieldValue(request, "host");
  return host === undefined || host === "" ? addressOf(csms) : host;
};

/** Where a connection came from and went to. */
export interface CapturePlace {
  readonly identity: string;
  readonly from: string;
  readonly url: string | null;
  /** The URL without the identity. */
  readonly base: string | null;
}

/** Where a stream came from and went to. */
export function placeOf(
  { charger, csms, request }: WebSocketStream | RefusedStream,
  context: PcapContext,
): CapturePlace {
  const target = request === undefined ? undefined : requestLine(request)?.target;
  const from = addressOf(charger);
  const unnamed = context.identity ?? `unknown-${charger.address}`;
  if (target === undefined) return { identity: unnamed, from, url: null, base: null };
  const origin = `ws://${hostOf(request, csms)}`;
  const { path } = splitTarget(target);
  const base = path.replace(/\/+$/, "").replace(/\/[^/]*$/, "");
  return {
    identity: identityOf(target) ?? unnamed,
    from,
    url: hideUserinfo(`${origin}${shownTarget(target)}`),
    base: hideUserinfo(`${origin}${shownTarget(base)}`),
  };
}

interface Timed {
  readonly at: bigint | null;
  readonly make: (at: number | null) => Entry;
}

/** The recording of one charge point. */
export class CaptureRecording {
  private readonly unknown = new Set<Unknowable>();
  frames: number = 0;
  private readonly timed: Timed[] = [];
  private connections = 0;
  private first: bigint | undefined;
  private base: string | null = null;
  private readonly identity: string;
  private readonly hideHead: HideHead;

  constructor(identity: string, hideHead: HideHead) {
    this.identity = identity;
    this.hideHead = hideHead;
  }

  websocket(stream: WebSocketStream, place: CapturePlace): void {
    const connection = ++this.connections;
    this.base ??= place.base;
    const opening = this.opening(stream);
    if (opening === null) this.unknown.add("times");
    this.add(opening, (at) => this.opened(stream, place, connection, at));
    if (stream.request === undefined || stream.response === undefined) this.noHandshake(connection, opening);
    this.items(stream, connection);
  }

  refused(
    { request, response, body, atNs }: RefusedStream,
    { identity, from, url, base }: CapturePlace,
  ): void {
    this.base ??= base;
    const status = response === undefined ? null : (statusOf(response) ?? null);
    this.add(atNs, (time) => ({
      kind: "refused",
      at: time ?? 0,
      identity,
      from,
      url,
      by: response === undefined ? "network" : "csms",
      status,
      reason: status === null ? "no answer to the upgrade is in the capture" : `the CSMS answered ${status}`,
      request: this.hidden(request) ?? null,
      response: this.hidden(response) ?? null,
      body: body.subarray(0, 65_536),
      bodyLength: body.length,
    }));
  }

  finish({ salt, wall, tool }: ImportContext): readonly Entry[] {
    const made = salt();
    const zero = this.first ?? 0n;
    const session: SessionEntry = {
      kind: "session",
      format: formatVersion,
      salt: made,
      startedAt: this.first === undefined ? wall : writeInstant(zero),
      identity: this.identity,
      capture: "wire",
      source: "import pcap",
      tool,
      csms: this.base,
      seed: null,
      rules: null,
      unknown: unknownInOrder(this.unknown),
    };
    const found = this.inOrder().map(({ at, make }) => make(at === null ? null : Number(at - zero)));
    const checkpoint: Entry = { kind: "checkpoint", at: null, wall, salt: made, entries: 1 };
    const entries: Entry[] = [session, checkpoint, ...found];
    return [...entries, { kind: "end", at: null, wall, entries: entries.length }];
  }

  private inOrder(): readonly Timed[] {
    if (this.timed.some(({ at }) => at === null)) return this.timed;
    return this.timed.sort((a, b) =>
      (a.at ?? 0n) < (b.at ?? 0n) ? -1 : (a.at ?? 0n) > (b.at ?? 0n) ? 1 : 0,
    );
  }

  private add(at: bigint | null, make: Timed["make"]): void {
    if (at !== null && (this.first === undefined || at < this.first)) this.first = at;
    this.timed.push({ at, make });
  }

  private hidden(head: Head | undefined): StoredHead | null {
    return head === undefined ? null : this.hideHead(head.raw);
  }

  private opening({ items }: WebSocketStream): bigint | null {
    const answer = items.find(({ kind, from }) => kind === "head" && from === "csms")?.atNs;
    const first = items.find(({ kind }) => kind !== "head")?.atNs;
    if (answer === undefined || answer === null) return first ?? null;
    return first === undefined || first === null || answer < first ? answer : first;
  }

  private opened(stream: WebSocketStream, place: CapturePlace, connection: number, at: number | null): Entry {
    const { identity, from, url } = place;
    return {
      kind: "connection-opened",
      connection,
      ordinal: connection,
      at,
      identity,
      from,
      url,
      subprotocol: stream.response === undefined ? null : chosenSubprotocol(stream.response),
      request: this.hidden(stream.request),
      response: this.hidden(stream.response),
    };
  }

  private noHandshake(connection: number, at: bigint | null): void {
    this.unknown.add("handshake");
    const message =
      "the capture does not have the whole handshake: identity, subprotocol and compression may be unknown";
    this.add(at, (time) => ({ kind: "note", connection, at: time, code: "no-handshake", message }));
  }

  private items({ items, request, response }: WebSocketStream, connection: number): void {
    const hasHandshake = request !== undefined && response !== undefined;
    const seen: Record<Side, number> = { charger: 0, csms: 0 };
    const ends: { readonly by: Side; readonly how: StreamEnd["how"]; readonly at: bigint | null }[] = [];
    for (const item of items) {
      const { from, atNs: at } = item;
      const direction = directionFrom(from);
      const other: Side = from === "charger" ? "csms" : "charger";
      switch (item.kind) {
        case "frame": {
          const { raw } = item.frame;
          const before = seen[other];
          this.add(at, (rx) => ({ kind: "frame", connection, direction, rx, tx: null, seen: before, raw }));
          seen[from]++;
          this.frames++;
          break;
        }
        case "bytes": {
          const { bytes: raw, why } = item;
          if (why === "cut-off" && !hasHandshake) this.unknown.add("exact-bytes");
          const before = seen[other];
          this.add(at, (rx) => ({
            kind: "bytes",
            connection,
            direction,
            rx,
            tx: null,
            seen: before,
            why,
            raw,
          }));
          break;
        }
        case "hole":
          this.hole(connection, direction, item.length, at);
          break;
        case "end":
        case "reset":
          if (!ends.some(({ by, how }) => by === from && (how === item.kind || how === "reset")))
            ends.push({ by: from, how: item.kind, at });
          break;
        case "head":
          break;
      }
    }
    this.closed(connection, ends);
  }

  private hole(connection: number, direction: string, bytes: number, at: bigint | null): void {
    const why = `${bytes} bytes ${direction} of connection ${connection} are not in the capture`;
    this.add(at, (time) => ({ kind: "gap", from: time ?? 0, to: time ?? 0, entries: 0, octets: bytes, why }));
    this.unknown.add("exact-bytes");
  }

  private closed(
    connection: number,
    ends: readonly { readonly by: Side; readonly how: StreamEnd["how"]; readonly at: bigint | null }[],
  ): void {
    const last = ends.at(-1);
    if (last === undefined) {
      this.unknown.add("ends");
      return;
    }
    this.add(last.at, (at) => {
      const since = (time: bigint | null): number =>
        time === null || last.at === null ? 0 : (at ?? 0) - Number(last.at - time);
      return {
        kind: "connection-closed",
        connection,
        at,
        ends: ends.map(({ by, how, at: time }) => ({ by, how, at: since(time) })),
      };
    });
  }
}
