// Rebuilds TCP streams from segments (RFC 9293 section 3.4): each side's bytes in order, without repetitions. Bytes that
// arrived out of order get the time at which the missing bytes arrived; bytes that never arrived are a hole. Needs the
// whole capture at once, because only its end shows what never arrived.

import type { Endpoint, TcpSegment } from "./ip-packets.js";

/** The end of a stream: 0 opened the connection, as far as that is known. */
export type StreamEndIndex = 0 | 1;

/** An event on a stream; `atNs` in nanoseconds since 1970, `order` is the number of its segment. */
export type TcpEvent = {
  readonly from: StreamEndIndex;
  readonly atNs: bigint | null;
  readonly order: number;
} & (
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  /** Bytes that are missing in the capture. */
  | { readonly kind: "hole"; readonly length: number }
  | { readonly kind: "end" | "reset" }
);

/** A TCP connection. */
export interface TcpStream {
  readonly ends: readonly [Endpoint, Endpoint];
  /** Whether the capture has a SYN; if not, it is not known which end opened the connection. */
  readonly isFromStart: boolean;
  readonly events: readonly TcpEvent[];
}

interface Part {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly atNs: bigint | null;
  readonly order: number;
}

/** One direction of a stream. */
class Half {
  readonly from: StreamEndIndex;
  /** The sequence number of the SYN. */
  initial: number | undefined;
  private readonly parts: Part[] = [];
  private last: { readonly sequence: number; readonly position: number } | undefined;
  private fin: Part | undefined;
  private reset: Part | undefined;

  constructor(from: StreamEndIndex) {
    this.from = from;
  }

  get isEmpty(): boolean {
    return this.last === undefined;
  }

  take({ sequence, syn, fin, reset, payload, atNs }: TcpSegment, order: number): void {
    if (syn) this.initial ??= sequence;
    const first = syn ? (sequence + 1) >>> 0 : sequence;
    // Sequence numbers wrap around; the nearest matching position is the right one.
    const start = this.last === undefined ? 0 : this.last.position + ((first - this.last.sequence) | 0);
    const noBytes = payload.subarray(0, 0);
    if (reset) {
      this.reset ??= { start, bytes: noBytes, atNs, order };
      return;
    }
    this.last = { sequence: first, position: start };
    if (payload.length > 0) this.parts.push({ start, bytes: payload, atNs, order });
    if (fin) this.fin ??= { start: start + payload.length, bytes: noBytes, atNs, order };
  }

  events(): readonly TcpEvent[] {
    const { from, fin, reset } = this;
    const events: TcpEvent[] = [];
    const parts = [...this.parts].sort((a, b) => a.start - b.start || a.order - b.order);
    let next = this.initial === undefined ? (parts[0]?.start ?? 0) : this.startOfData();
    let latest: { atNs: bigint | null; order: number } = { atNs: null, order: 0 };
    const moveTo = (part: Part): void => {
      if (part.order >= latest.order) latest = { atNs: part.atNs, order: part.order };
      if (part.start > next) {
        events.push({ kind: "hole", from, ...latest, length: part.start - next });
        next = part.start;
      }
    };
    for (const part of parts) {
      const end = part.start + part.bytes.length;
      if (end <= next) continue;
      moveTo(part);
      events.push({ kind: "data", from, ...latest, bytes: part.bytes.subarray(next - part.start) });
      next = end;
    }
    if (fin !== undefined) {
      moveTo(fin);
      events.push({ kind: "end", from, ...latest });
    }
    if (reset !== undefined) {
      if (reset.order >= latest.order) latest = { atNs: reset.atNs, order: reset.order };
      events.push({ kind: "reset", from, ...latest });
    }
    return events;
  }

  /** Position of the first data byte; positions count from the first captured segment, not always the stream's first. */
  private startOfData(): number {
    const { initial, last } = this;
    return initial === undefined || last === undefined
      ? 0
      : last.position + ((((initial + 1) >>> 0) - last.sequence) | 0);
  }
}

class Stream {
  readonly first: Endpoint;
  private readonly second: Endpoint;
  readonly halves: readonly [Half, Half] = [new Half(0), new Half(1)];

  constructor(first: Endpoint, second: Endpoint) {
    this.first = first;
    this.second = second;
  }

  take(segment: TcpSegment, order: number): void {
    const { address, port } = segment.from;
    const isFirst = address === this.first.address && port === this.first.port;
    this.halves[isFirst ? 0 : 1].take(segment, order);
  }

  /** Whether the segment opens a new stream between the same two endpoints. */
  isReopenedBy({ syn, ack, sequence }: TcpSegment): boolean {
    if (!syn || ack) return false;
    const [half] = this.halves;
    return half.initial === undefined ? !half.isEmpty || !this.halves[1].isEmpty : half.initial !== sequence;
  }

  result(): TcpStream {
    const [a, b] = this.halves;
    const events = [...a.events(), ...b.events()].sort((x, y) => x.order - y.order);
    const isFromStart = a.initial !== undefined || b.initial !== undefined;
    return { ends: [this.first, this.second], isFromStart, events };
  }
}

const textOf = ({ address, port }: Endpoint): string => `${address} ${port}`;

const keyOf = ({ from, to }: TcpSegment): string => {
  const [a, b] = [textOf(from), textOf(to)];
  return a < b ? `${a} ${b}` : `${b} ${a}`;
};

/** The streams of a capture, in the order of their first segments; `segments` must be in the order of their times. */
export function tcpStreams(segments: readonly TcpSegment[]): readonly TcpStream[] {
  const open = new Map<string, Stream>();
  const all: Stream[] = [];
  for (const [order, segment] of segments.entries()) {
    const key = keyOf(segment);
    const known = open.get(key);
    let stream = known;
    if (stream === undefined || stream.isReopenedBy(segment)) {
      // The sender of SYN and ACK answers: the other end opened the connection.
      const isAnswer = segment.syn && segment.ack;
      stream = isAnswer ? new Stream(segment.to, segment.from) : new Stream(segment.from, segment.to);
      open.set(key, stream);
      all.push(stream);
    }
    stream.take(segment, order);
  }
  return all.map((stream) => stream.result());
}
