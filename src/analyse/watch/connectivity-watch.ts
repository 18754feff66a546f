// Watches a charger's dialogue for commands that change how or where the charger connects, and reports each one once
// the charger has answered. It receives the entries after the bytes were forwarded, so it cannot delay or change
// traffic. It peeks at the action of each message and parses only messages of watched actions.

import { text } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { Machine } from "../../base/machine.js";
import type { ConnectionOpenedEntry, Entry, FrameEntry } from "../../cassette/format/entry.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { type Peek, peek } from "../../ocpp/envelope/peek.js";
import { peekBytes } from "../../ocpp/envelope/peek-bytes.js";
import { printable } from "../../text/printable.js";
import { type FrameHeader, isControl, opcodes, readHeader } from "../../wire/websocket/frame.js";
import { DirectionInflater, deflateTerms, type Inflate } from "../messages/deflate.js";
import { joinFrame, largestMessage, noPartialMessage, type PartialMessage } from "./collect-message.js";
import { type ConnectivityChange, changesOf, isAccepted, isWatched, statusesOf } from "./watched-actions.js";

/** A notice for the operator. */
export interface ConnectivityNotice {
  /** `accepted`, `refused`: the charger's answer; `unanswered`: the connection ended first; `blind`: messages cannot be read from here on. */
  readonly kind: "accepted" | "refused" | "unanswered" | "blind";
  readonly connection: number;
  /** Nanoseconds since the session's start. */
  readonly atNs: number;
  /** The setting or command, in the words of the protocol; absent for `blind`. */
  readonly key?: string;
  /** One printable sentence without secrets. */
  readonly text: string;
  /** The new password of the charger, if that is what changed. */
  readonly password?: string;
}

interface PendingCommand {
  readonly action: string;
  readonly changes: readonly (ConnectivityChange | undefined)[];
}

interface Stream extends PartialMessage {
  inflater: DirectionInflater | undefined;
}

interface WatchedConnection {
  readonly streams: Readonly<Record<Direction, Stream>>;
  /** Commands without an answer so far, by message id. */
  readonly pending: Map<string, PendingCommand>;
  blind: boolean;
}

const peekedCharacters = 512;
const mostPending = 100;

const shown = (change: ConnectivityChange, action: string): string => {
  const name = change.key === action ? action : `${action} ${change.key}`;
  return printable(`${name}: ${change.meaning}`, 400);
};

class Watcher implements Machine<Entry, ConnectivityNotice> {
  private readonly inflate: Inflate;
  private readonly connections = new Map<number, WatchedConnection>();

  constructor(inflate: Inflate) {
    this.inflate = inflate;
  }

  handle(entry: Entry): readonly ConnectivityNotice[] {
    switch (entry.kind) {
      case "connection-opened":
        this.connections.set(entry.connection, this.begin(entry));
        return [];
      case "frame":
        return this.frame(entry);
      case "connection-closed":
        return this.end(entry.connection, entry.at ?? 0);
      default:
        return [];
    }
  }

  private begin(entry: ConnectionOpenedEntry): WatchedConnection {
    const terms = deflateTerms(entry.response);
    const bounded: Inflate = (bytes, dictionary, limit) =>
      this.inflate(bytes, dictionary, Math.min(limit, largestMessage));
    const stream = (direction: Direction): Stream => ({
      ...noPartialMessage(),
      inflater: terms === undefined ? undefined : new DirectionInflater(bounded, terms.takeover[direction]),
    });
    const streams = { "cp-to-csms": stream("cp-to-csms"), "csms-to-cp": stream("csms-to-cp") };
    return { streams, pending: new Map(), blind: false };
  }

  private frame(entry: FrameEntry): readonly ConnectivityNotice[] {
    const watched = this.connections.get(entry.connection);
    if (watched === undefined || watched.blind) return [];
    const stream = watched.streams[entry.direction];
    // Without pending commands an answer does not matter, unless a compression window needs every message.
    if (entry.direction === "cp-to-csms" && watched.pending.size === 0 && stream.inflater === undefined)
      return skip(stream);
    const header = readHeader(entry.raw, 0);
    if (header === undefined || isControl(header.opcode)) return [];
    return isIrrelevant(watched, entry, header) ? skip(stream) : this.data(watched, stream, entry, header);
  }

  private data(
    watched: WatchedConnection,
    stream: Stream,
    entry: FrameEntry,
    header: FrameHeader,
  ): readonly ConnectivityNotice[] {
    const payload = joinFrame(stream, header, entry.raw);
    if (payload === undefined || (payload === "too-large" && !stream.compressed)) return [];
    // A compressed message that is skipped leaves a gap in the window.
    const message =
      payload === "too-large" ? undefined : stream.compressed ? stream.inflater?.message(payload) : payload;
    if (message !== undefined) return this.message(watched, entry, message);
    if (stream.inflater === undefined) return [];
    watched.blind = true;
    const why = "a compressed message cannot be read: further commands on this connection are not watched";
    return [{ kind: "blind", connection: entry.connection, atNs: entry.rx ?? 0, text: why }];
  }

  private message(
    watched: WatchedConnection,
    entry: FrameEntry,
    bytes: Uint8Array,
  ): readonly ConnectivityNotice[] {
    const seen = peek(text(bytes.subarray(0, peekedCharacters)));
    if (seen === undefined) return [];
    if (entry.direction === "csms-to-cp") {
      if (seen.type === "CALL" && isWatched(seen.action)) this.command(watched, parseEnvelope(text(bytes)));
      return [];
    }
    const command = isAnswer(seen) ? watched.pending.get(seen.id) : undefined;
    if (command === undefined) return [];
    watched.pending.delete(seen.id);
    return notices(command, parseEnvelope(text(bytes)), entry);
  }

  private command(watched: WatchedConnection, envelope: Envelope): void {
    if (envelope.kind !== "call") return;
    const changes = changesOf(envelope.action, envelope.payload);
    if (changes.every((change) => change === undefined)) return;
    const { pending } = watched;
    pending.delete(envelope.id);
    pending.set(envelope.id, { action: envelope.action, changes });
    const [oldest] = pending.keys();
    if (pending.size > mostPending && oldest !== undefined) pending.delete(oldest);
  }

  private end(connection: number, atNs: number): readonly ConnectivityNotice[] {
    const watched = this.connections.get(connection);
    this.connections.delete(connection);
    if (watched === undefined) return [];
    return [...watched.pending.values()].flatMap(({ action, changes }) =>
      changes.flatMap((change) =>
        change === undefined
          ? []
          : [
              {
                kind: "unanswered" as const,
                connection,
                atNs,
                key: change.key,
                text: `the connection ended before the charger answered, so it may have accepted: ${shown(change, action)}`,
              },
            ],
      ),
    );
  }
}

/** Skips a frame and drops the incomplete message before it. */
const skip = (stream: Stream): readonly ConnectivityNotice[] => {
  stream.parts = undefined;
  return [];
};

/** Whether a frame is a whole, uncompressed message that is not watched, as nearly all are. */
const isIrrelevant = (
  { streams, pending }: WatchedConnection,
  { direction, raw }: FrameEntry,
  { fin, rsv, opcode, headerLength, mask }: FrameHeader,
): boolean => {
  if (!fin || rsv !== 0 || opcode === opcodes.continuation) return false;
  if (streams[direction].inflater !== undefined) return false;
  const seen = peekBytes(raw, headerLength, mask);
  if (seen === undefined) return false;
  if (direction === "csms-to-cp") return seen.type !== "CALL" || !isWatched(seen.action);
  return !isAnswer(seen) || !pending.has(seen.id);
};

const isAnswer = (seen: Peek): boolean => seen.type === "CALLRESULT" || seen.type === "CALLERROR";

const notices = (
  command: PendingCommand,
  envelope: Envelope,
  entry: FrameEntry,
): readonly ConnectivityNotice[] => {
  const { action, changes } = command;
  const place = { connection: entry.connection, atNs: entry.rx ?? 0 };
  const statuses =
    envelope.kind === "call-result"
      ? statusesOf(action, changes, envelope.payload)
      : changes.map(() => (envelope.kind === "call-error" ? envelope.code : "unreadable"));
  return changes.flatMap((change, i): readonly ConnectivityNotice[] => {
    if (change === undefined) return [];
    const status = statuses[i] ?? "?";
    const words = `${printable(status, 40)} by the charger: ${shown(change, action)}`;
    if (!isAccepted(status)) return [{ kind: "refused", ...place, key: change.key, text: words }];
    const password = change.password === undefined ? {} : { password: change.password };
    return [{ kind: "accepted", ...place, key: change.key, text: words, ...password }];
  });
};

/** Watches the connections of one charger. */
export function createConnectivityWatch(inflate: Inflate): Machine<Entry, ConnectivityNotice> {
  return new Watcher(inflate);
}
