// Watches a charger's dialogue for commands that change how or where it connects, and tells them once the charger
// has answered. Fed with entries behind the forwarding path, so that it can be slow or wrong and change nothing:
// messages are peeked by action, and only those of a watched action are parsed.

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

/** Something that a person must know. */
export interface ConnectivityNotice {
  /** `taken`: the charger said yes; `refused`: it said no; `open`: the connection ended before it said anything; `blind`: nothing can be seen any more. */
  readonly kind: "taken" | "refused" | "open" | "blind";
  readonly connection: number;
  readonly atNs: number;
  /** What was to be changed; undefined for `blind`. */
  readonly key?: string;
  /** One printable sentence without secrets. */
  readonly text: string;
  /** The password that the charger has from now on. */
  readonly password?: string;
}

interface Asked {
  readonly action: string;
  readonly changes: readonly (ConnectivityChange | undefined)[];
}

interface Stream extends PartialMessage {
  inflater: DirectionInflater | undefined;
}

interface Watched {
  readonly streams: Readonly<Record<Direction, Stream>>;
  readonly asked: Map<string, Asked>;
  blind: boolean;
}

const peekedCharacters = 512;
const mostAsked = 100;

const shown = (change: ConnectivityChange, action: string): string => {
  const name = change.key === action ? action : `${action} ${change.key}`;
  return printable(`${name}: ${change.meaning}`, 400);
};

class Watcher implements Machine<Entry, ConnectivityNotice> {
  private readonly inflate: Inflate;
  private readonly connections = new Map<number, Watched>();

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

  private begin(entry: ConnectionOpenedEntry): Watched {
    const terms = deflateTerms(entry.response);
    const bounded: Inflate = (bytes, dictionary, limit) =>
      this.inflate(bytes, dictionary, Math.min(limit, largestMessage));
    const stream = (direction: Direction): Stream => ({
      ...noPartialMessage(),
      inflater: terms === undefined ? undefined : new DirectionInflater(bounded, terms.takeover[direction]),
    });
    const streams = { "cp-to-csms": stream("cp-to-csms"), "csms-to-cp": stream("csms-to-cp") };
    return { streams, asked: new Map(), blind: false };
  }

  private frame(entry: FrameEntry): readonly ConnectivityNotice[] {
    const watched = this.connections.get(entry.connection);
    if (watched === undefined || watched.blind) return [];
    const stream = watched.streams[entry.direction];
    // Answers matter where something was asked; a window that goes on from message to message misses none.
    if (entry.direction === "cp-to-csms" && watched.asked.size === 0 && stream.inflater === undefined)
      return pass(stream);
    const header = readHeader(entry.raw, 0);
    if (header === undefined || isControl(header.opcode)) return [];
    return isPassing(watched, entry, header) ? pass(stream) : this.data(watched, stream, entry, header);
  }

  private data(
    watched: Watched,
    stream: Stream,
    entry: FrameEntry,
    header: FrameHeader,
  ): readonly ConnectivityNotice[] {
    const payload = joinFrame(stream, header, entry.raw);
    if (payload === undefined || (payload === "too-large" && !stream.compressed)) return [];
    // A compressed message that was left out leaves a gap in the window.
    const message =
      payload === "too-large" ? undefined : stream.compressed ? stream.inflater?.message(payload) : payload;
    if (message !== undefined) return this.message(watched, entry, message);
    if (stream.inflater === undefined) return [];
    watched.blind = true;
    const why = "a compressed message cannot be read; what changes this connection is not seen from here on";
    return [{ kind: "blind", connection: entry.connection, atNs: entry.rx ?? 0, text: why }];
  }

  private message(watched: Watched, entry: FrameEntry, bytes: Uint8Array): readonly ConnectivityNotice[] {
    const seen = peek(text(bytes.subarray(0, peekedCharacters)));
    if (seen === undefined) return [];
    if (entry.direction === "csms-to-cp") {
      if (seen.type === "CALL" && isWatched(seen.action)) this.ask(watched, parseEnvelope(text(bytes)));
      return [];
    }
    const asked = isAnswer(seen) ? watched.asked.get(seen.id) : undefined;
    if (asked === undefined) return [];
    watched.asked.delete(seen.id);
    return answered(asked, parseEnvelope(text(bytes)), entry);
  }

  private ask(watched: Watched, envelope: Envelope): void {
    if (envelope.kind !== "call") return;
    const changes = changesOf(envelope.action, envelope.payload);
    if (changes.every((change) => change === undefined)) return;
    const { asked } = watched;
    asked.delete(envelope.id);
    asked.set(envelope.id, { action: envelope.action, changes });
    const [oldest] = asked.keys();
    if (asked.size > mostAsked && oldest !== undefined) asked.delete(oldest);
  }

  private end(connection: number, atNs: number): readonly ConnectivityNotice[] {
    const watched = this.connections.get(connection);
    this.connections.delete(connection);
    if (watched === undefined) return [];
    return [...watched.asked.values()].flatMap(({ action, changes }) =>
      changes.flatMap((change) =>
        change === undefined
          ? []
          : [
              {
                kind: "open" as const,
                connection,
                atNs,
                key: change.key,
                text: `the connection ended before the charger answered; it may have taken it: ${shown(change, action)}`,
              },
            ],
      ),
    );
  }
}

/** A frame that is not looked at ends what was collected before it. */
const pass = (stream: Stream): readonly ConnectivityNotice[] => {
  stream.parts = undefined;
  return [];
};

/** Whether a frame is a whole message, uncompressed, of a kind that nobody watches, as nearly all are. */
const isPassing = (
  { streams, asked }: Watched,
  { direction, raw }: FrameEntry,
  { fin, rsv, opcode, headerLength, mask }: FrameHeader,
): boolean => {
  if (!fin || rsv !== 0 || opcode === opcodes.continuation) return false;
  if (streams[direction].inflater !== undefined) return false;
  const seen = peekBytes(raw, headerLength, mask);
  if (seen === undefined) return false;
  if (direction === "csms-to-cp") return seen.type !== "CALL" || !isWatched(seen.action);
  return !isAnswer(seen) || !asked.has(seen.id);
};

const isAnswer = (seen: Peek): boolean => seen.type === "CALLRESULT" || seen.type === "CALLERROR";

const answered = (asked: Asked, envelope: Envelope, entry: FrameEntry): readonly ConnectivityNotice[] => {
  const { action, changes } = asked;
  const place = { connection: entry.connection, atNs: entry.rx ?? 0 };
  const statuses =
    envelope.kind === "call-result"
      ? statusesOf(action, changes, envelope.payload)
      : changes.map(() => (envelope.kind === "call-error" ? envelope.code : "unreadable"));
  return changes.flatMap((change, i): readonly ConnectivityNotice[] => {
    if (change === undefined) return [];
    const status = statuses[i] ?? "?";
    const told = `${printable(status, 40)} by the charger: ${shown(change, action)}`;
    if (!isAccepted(status)) return [{ kind: "refused", ...place, key: change.key, text: told }];
    const password = change.password === undefined ? {} : { password: change.password };
    return [{ kind: "taken", ...place, key: change.key, text: told, ...password }];
  });
};

/** Makes the watch of one recording's connections. */
export function createConnectivityWatch(inflate: Inflate): Machine<Entry, ConnectivityNotice> {
  return new Watcher(inflate);
}
