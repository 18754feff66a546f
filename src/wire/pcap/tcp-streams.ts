// TCP segments -> what each side's reader saw, in order (RFC 9293 section 3.4): what came twice is told once,
// what came out of order when the missing bytes were there, and what never came is a hole. Works on the whole
// capture at once: a hole is known for one only at the end. Knows nothing of what the streams say.

import type { Endpoint, TcpSegment } from "./ip-packets.js";

/** Which end of a stream: 0 dialled the other, as far as that is known. */
export type StreamEndIndex = 0 | 1;

/** What happened on a stream. */
export type TcpEvent = {
  readonly from: StreamEndIndex;
  readonly at: bigint | null;
  readonly order: number;
} & (
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  /** Bytes that the capture does not have. */
  | { readonly kind: "hole"; readonly length: number }
  | { readonly kind: "end" | "reset" }
);

/** A TCP connection. */
export interface TcpStream {
  readonly ends: readonly [Endpoint, Endpoint];
  /** Whether the capture has its beginning; else it is not known who dialled. */
  readonly isFromStart: boolean;
  readonly events: readonly TcpEvent[];
}

interface Part {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly at: bigint | null;
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

  take({ sequence, syn, fin, reset, payload, at }: TcpSegment, order: number): void {
    if (syn) this.initial ??= sequence;
    const first = syn ? (sequence + 1) >>> 0 : sequence;
    // Sequence numbers go round; the nearest position that fits is meant.
    const start = this.last === undefined ? 0 : this.last.position + ((first - this.last.sequence) | 0);
    const noBytes = payload.subarray(0, 0);
    if (reset) {
      this.reset ??= { start, bytes: noBytes, at, order };
      return;
    }
    this.last = { sequence: first, position: start };
    if (payload.length > 0) this.parts.push({ start, bytes: payload, at, order });
    if (fin) this.fin ??= { start: start + payload.length, bytes: noBytes, at, order };
  }

  events(): readonly TcpEvent[] {
    const { from, fin, reset } = this;
    const events: TcpEvent[] = [];
    const parts = [...this.parts].sort((a, b) => a.start - b.start || a.order - b.order);
    let next = this.initial === undefined ? (parts[0]?.start ?? 0) : this.startOfData();
    let latest: { at: bigint | null; order: number } = { at: null, order: 0 };
    const reach = (part: Part): void => {
      if (part.order >= latest.order) latest = { at: part.at, order: part.order };
      if (part.start > next) {
        events.push({ kind: "hole", from, ...latest, length: part.start - next });
        next = part.start;
      }
    };
    for (const part of parts) {
      const end = part.start + part.bytes.length;
      if (end <= next) continue;
      reach(part);
      events.push({ kind: "data", from, ...latest, bytes: part.bytes.subarray(next - part.start) });
      next = end;
    }
    if (fin !== undefined) {
      reach(fin);
      events.push({ kind: "end", from, ...latest });
    }
    if (reset !== undefined) {
      if (reset.order >= latest.order) latest = { at: reset.at, order: reset.order };
      events.push({ kind: "reset", from, ...latest });
    }
    return events;
  }

  /** Positions count from the first segment that was seen, which need not be the first of the stream. */
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

  /** Whether a SYN opens another stream on the same addresses. */
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

/** The streams of a capture, in the order of their first segments; segments come in the order of their times. */
export function tcpStreams(segments: readonly TcpSegment[]): readonly TcpStream[] {
  const open = new Map<string, Stream>();
  const all: Stream[] = [];
  for (const [order, segment] of segments.entries()) {
    const key = keyOf(segment);
    const known = open.get(key);
    let stream = known;
    if (stream === undefined || stream.isReopenedBy(segment)) {
      // An answered SYN came from the other end.
      const isAnswer = segment.syn && segment.ack;
      stream = isAnswer ? new Stream(segment.to, segment.from) : new Stream(segment.from, segment.to);
      open.set(key, stream);
      all.push(stream);
    }
    stream.take(segment, order);
  }
  return all.map((stream) => stream.result());
}
