// The live event stream: every entry of the cassettes and every change of the rules, as lines of JSON. A reader that
// does not read fast enough is disconnected; nothing else waits for it.

import type { ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import type { Entry } from "../../cassette/format/entry.js";
import { entryToJson } from "../../cassette/format/entry-json.js";
import { startInterval } from "../../io/platform/timers.js";
import { jsonLine } from "../../text/printable.js";
import { AdminProblem } from "../http/problem.js";

/** Which events a reader gets; undefined: all. */
export interface EventFilter {
  readonly identity: string | undefined;
  readonly kind: readonly string[] | undefined;
}

interface Reader {
  readonly filter: EventFilter;
  /** Bytes that are sent but not read yet. */
  readonly unreadBytes: () => number;
  readonly send: (kind: string, line: string) => void;
  readonly disconnect: () => void;
}

/** The bounds of the stream. */
export interface EventStreamLimits {
  /** Bytes that a reader may leave unread. */
  readonly unreadBytes: number;
  readonly readers: number;
}

const defaultLimits: EventStreamLimits = { unreadBytes: 4 * 1024 * 1024, readers: 32 };
const keepAliveMs = 15_000;

/** Sends events to readers. */
export class EventStream {
  private readonly limits: EventStreamLimits;
  private readonly readers = new Set<Reader>();
  /** How many readers were disconnected because they did not read. */
  disconnected = 0;

  constructor(limits: EventStreamLimits = defaultLimits) {
    this.limits = limits;
  }

  /** Sends an entry of a charge point's cassette. */
  sendEntry(entry: Entry, identity: string | null): void {
    if (this.readers.size === 0) return;
    let line: string | undefined;
    this.each(entry.kind, identity, () => {
      line ??= jsonLine({ identity, ...entryToJson(entry) });
      return line;
    });
  }

  /** Sends an event that belongs to no single cassette. */
  sendEvent(kind: string, facts: Readonly<Record<string, unknown>>): void {
    this.each(kind, undefined, () => jsonLine({ kind, ...facts }));
  }

  /** Throws AdminProblem if there are as many readers as allowed. */
  admit(): void {
    if (this.readers.size < this.limits.readers) return;
    throw new AdminProblem(
      "too-many-readers",
      `${this.limits.readers} readers of events are connected already`,
      "Close one of them.",
    );
  }

  /** Sends events as Server-Sent Events until the reader disconnects. */
  toResponse(response: ServerResponse, filter: EventFilter): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.write(": events follow\n\n");
    const keepAlive = startInterval(() => response.write(":\n\n"), keepAliveMs).unref();
    const stop = this.add({
      filter,
      unreadBytes: () => response.writableLength,
      send: (kind, line) => void response.write(`event: ${kind}\ndata: ${line}\n\n`),
      disconnect: () => void response.destroy(),
    });
    response.on("close", () => {
      keepAlive.stop();
      stop();
    });
  }

  /** Sends events to a WebSocket until it closes. Messages of the reader are ignored. */
  toSocket(socket: WebSocket, filter: EventFilter): void {
    socket.on("error", () => undefined);
    const stop = this.add({
      filter,
      unreadBytes: () => socket.bufferedAmount,
      send: (_kind, line) => socket.send(line),
      disconnect: () => socket.terminate(),
    });
    socket.on("close", stop);
  }

  /** Disconnects every reader. */
  close(): void {
    for (const reader of this.readers) reader.disconnect();
    this.readers.clear();
  }

  private add(reader: Reader): () => void {
    this.readers.add(reader);
    return () => void this.readers.delete(reader);
  }

  private each(kind: string, identity: string | null | undefined, line: () => string): void {
    for (const reader of this.readers) {
      const { filter } = reader;
      if (filter.kind?.includes(kind) === false) continue;
      if (filter.identity !== undefined && identity !== undefined && filter.identity !== identity) continue;
      reader.send(kind, line());
      if (reader.unreadBytes() <= this.limits.unreadBytes) continue;
      this.disconnected++;
      this.readers.delete(reader);
      reader.disconnect();
    }
  }
}
