// The live event stream: every entry of the cassettes and what is done by hand, as lines of JSON, to whoever listens. A
// listener that does not read is cut off; nothing waits for it and nothing is kept for it beyond a bound.

import type { ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import { entryToJson } from "../../cassette/export/ndjson.js";
import type { Entry } from "../../cassette/format/entry.js";
import { startInterval } from "../../io/platform/timers.js";
import { jsonLine } from "../../text/printable.js";
import { AdminProblem } from "../http/problem.js";

/** What a listener wants to hear; undefined for everything. */
export interface EventFilter {
  readonly identity: string | undefined;
  readonly kinds: readonly string[] | undefined;
}

interface Reader {
  readonly filter: EventFilter;
  /** Bytes that wait for it. */
  readonly waiting: () => number;
  readonly send: (kind: string, line: string) => void;
  readonly cut: () => void;
}

/** Bounds of the stream. */
export interface StreamLimits {
  /** Bytes that may wait for a reader. */
  readonly waiting: number;
  readonly readers: number;
}

const usual: StreamLimits = { waiting: 4 * 1024 * 1024, readers: 32 };
const aliveMs = 15_000;

/** Hands events out. */
export class EventStream {
  private readonly limits: StreamLimits;
  private readonly readers = new Set<Reader>();
  /** Readers that were cut off because they did not read. */
  cutOff = 0;

  constructor(limits: StreamLimits = usual) {
    this.limits = limits;
  }

  /** Tells an entry. */
  entry(entry: Entry, identity: string | null): void {
    if (this.readers.size === 0) return;
    let line: string | undefined;
    this.each(entry.kind, identity, () => {
      line ??= jsonLine({ identity, ...entryToJson(entry) });
      return line;
    });
  }

  /** Tells something that is on no cassette, or on several. */
  event(kind: string, facts: Readonly<Record<string, unknown>>): void {
    this.each(kind, undefined, () => jsonLine({ kind, ...facts }));
  }

  /** Refuses, by throwing, a reader too many. */
  admit(): void {
    if (this.readers.size < this.limits.readers) return;
    throw new AdminProblem(
      503,
      "too-many-readers",
      `${this.limits.readers} readers of events are connected already`,
      "Close one of them.",
    );
  }

  /** Sends events to a response (Server-Sent Events) until its reader leaves. */
  toResponse(response: ServerResponse, filter: EventFilter): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.write(": events follow\n\n");
    const alive = startInterval(() => response.write(":\n\n"), aliveMs).unref();
    const stop = this.add({
      filter,
      waiting: () => response.writableLength,
      send: (kind, line) => void response.write(`event: ${kind}\ndata: ${line}\n\n`),
      cut: () => void response.destroy(),
    });
    response.on("close", () => {
      alive.stop();
      stop();
    });
  }

  /** Sends events to a WebSocket until its reader leaves; what it says is not listened to. */
  toSocket(socket: WebSocket, filter: EventFilter): void {
    socket.on("error", () => undefined);
    const stop = this.add({
      filter,
      waiting: () => socket.bufferedAmount,
      send: (_kind, line) => socket.send(line),
      cut: () => socket.terminate(),
    });
    socket.on("close", stop);
  }

  /** Ends every reader. */
  close(): void {
    for (const reader of this.readers) reader.cut();
    this.readers.clear();
  }

  private add(reader: Reader): () => void {
    this.readers.add(reader);
    return () => void this.readers.delete(reader);
  }

  private each(kind: string, identity: string | null | undefined, line: () => string): void {
    for (const reader of this.readers) {
      const { filter } = reader;
      if (filter.kinds !== undefined && !filter.kinds.includes(kind)) continue;
      if (filter.identity !== undefined && identity !== undefined && filter.identity !== identity) continue;
      reader.send(kind, line());
      if (reader.waiting() <= this.limits.waiting) continue;
      this.cutOff++;
      this.readers.delete(reader);
      reader.cut();
    }
  }
}
