// Turns the frames of a recording into messages, in the order in which they were completed: the messages as received,
// not as rules changed them. Unmasks, joins and inflates into new arrays; does not read the content of messages.

import { exactText } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, Entry, FrameEntry } from "../../cassette/format/entry.js";
import { type Assembled, createAssembler, messagePayload } from "../../wire/websocket/assembler.js";
import { type FrameView, isControl, opcodes, payloadOf, readFrame } from "../../wire/websocket/frame.js";
import { type DeflateTerms, DirectionInflater, deflateTerms, type Inflate } from "./deflate.js";

/** A message of a recording, or a control frame. */
export interface RecordedMessage {
  readonly kind: "message" | "control";
  readonly connection: number;
  readonly direction: Direction;
  /** When its last frame was read, in nanoseconds since the session's start; null if unknown. */
  readonly rx: number | null;
  /** The time that an imported log states, as written there. */
  readonly loggedAt: string | undefined;
  readonly opcode: number;
  /** The content as text, also of a binary message that is UTF-8; undefined if it is not UTF-8, and for control frames. */
  readonly text: string | undefined;
  /** Unmasked, joined and inflated; still compressed if it could not be inflated. */
  readonly payload: Uint8Array;
  /** False if the next message, lost bytes or the end of the connection cut it off. */
  readonly complete: boolean;
  /** Positions of its frames among the entries. */
  readonly frames: readonly number[];
  /** `unasked`: the sender compressed it although the connection did not negotiate compression. */
  readonly compression: "none" | "negotiated" | "unasked";
}

interface Stored {
  readonly position: number;
  readonly entry: FrameEntry;
}

interface Lane {
  readonly assembler: ReturnType<typeof createAssembler>;
  readonly stored: Map<FrameView, Stored>;
  readonly inflater: DirectionInflater | undefined;
}

/** Makes messages from entries one by one; keeps only the messages that are incomplete so far. */
export class MessageReader {
  private readonly lanes = new Map<string, Lane>();
  private readonly terms = new Map<number, DeflateTerms>();
  private readonly inflate: Inflate | undefined;

  constructor(inflate: Inflate | undefined) {
    this.inflate = inflate;
  }

  /** Takes the next entry; yields the messages that it completes or cuts off. */
  *push(entry: Entry, position: number): Generator<RecordedMessage> {
    switch (entry.kind) {
      case "connection-opened":
        this.open(entry);
        break;
      case "frame":
        yield* this.frame(entry, position);
        break;
      case "bytes":
        yield* this.cut(entry.connection, entry.direction);
        this.lanes.get(`${entry.connection} ${entry.direction}`)?.inflater?.forget();
        break;
      case "gap":
        for (const lane of this.lanes.values()) lane.inflater?.forget();
        break;
      case "connection-closed":
        yield* this.cut(entry.connection, "cp-to-csms");
        yield* this.cut(entry.connection, "csms-to-cp");
        this.lanes.delete(`${entry.connection} cp-to-csms`);
        this.lanes.delete(`${entry.connection} csms-to-cp`);
        break;
      default:
        break;
    }
  }

  /** Yields the messages that the end of the recording cuts off. */
  *end(): Generator<RecordedMessage> {
    for (const key of this.lanes.keys()) {
      const [connection = "", direction] = key.split(" ");
      yield* this.cut(Number(connection), direction === "cp-to-csms" ? direction : "csms-to-cp");
    }
  }

  private open({ connection, response }: ConnectionOpenedEntry): void {
    const terms = deflateTerms(response);
    if (terms !== undefined) this.terms.set(connection, terms);
  }

  private lane(connection: number, direction: Direction): Lane {
    const key = `${connection} ${direction}`;
    const found = this.lanes.get(key);
    if (found !== undefined) return found;
    const takeover = this.terms.get(connection)?.takeover[direction] ?? true;
    const inflater = this.inflate === undefined ? undefined : new DirectionInflater(this.inflate, takeover);
    const lane: Lane = { assembler: createAssembler(), stored: new Map(), inflater };
    this.lanes.set(key, lane);
    return lane;
  }

  private *frame(entry: FrameEntry, position: number): Generator<RecordedMessage> {
    const frame = readFrame(entry.raw);
    if (frame === undefined) return;
    const lane = this.lane(entry.connection, entry.direction);
    lane.stored.set(frame, { position, entry });
    for (const item of lane.assembler.push(frame)) yield this.message(lane, item);
  }

  private *cut(connection: number, direction: Direction): Generator<RecordedMessage> {
    const lane = this.lanes.get(`${connection} ${direction}`);
    const frames = lane?.assembler.release() ?? [];
    if (lane !== undefined && frames.length > 0)
      yield this.message(lane, { kind: "message", frames, complete: false });
  }

  private message(lane: Lane, item: Assembled): RecordedMessage {
    const views = item.kind === "control" ? [item.frame] : item.frames;
    const stored = views.map((view) => lane.stored.get(view) as Stored);
    for (const view of views) lane.stored.delete(view);
    const frames = stored.map(({ position }) => position);
    const { connection, direction, rx, loggedAt } = (stored.at(-1) as Stored).entry;
    const opcode = views[0]?.opcode ?? opcodes.text;
    const shared = { connection, direction, rx, loggedAt, opcode, frames };
    const [first] = views;
    if (item.kind === "control" || first === undefined || isControl(first.opcode)) {
      const payload = first === undefined ? new Uint8Array(0) : payloadOf(first);
      return { kind: "control", ...shared, text: undefined, payload, complete: true, compression: "none" };
    }
    const { complete } = item;
    return { kind: "message", ...shared, complete, ...this.content(lane, views, connection) };
  }

  private content(
    lane: Lane,
    views: readonly FrameView[],
    connection: number,
  ): Pick<RecordedMessage, "text" | "payload" | "compression"> {
    const payload = messagePayload(views);
    if (((views[0]?.rsv ?? 0) & 4) === 0) return { text: exactText(payload), payload, compression: "none" };
    const compression = this.terms.has(connection) ? "negotiated" : "unasked";
    const inflated = lane.inflater?.message(payload);
    if (inflated === undefined) return { text: undefined, payload, compression };
    return { text: exactText(inflated), payload: inflated, compression };
  }
}

/** Index of the entry that completed a message. */
export function positionOf({ frames }: RecordedMessage): number {
  return frames.at(-1) ?? 0;
}

/** The messages and control frames of a recording; without `inflate`, compressed messages have no text. */
export function messagesOf(entries: readonly Entry[], inflate?: Inflate): readonly RecordedMessage[] {
  const reader = new MessageReader(inflate);
  const messages: RecordedMessage[] = [];
  for (const [position, entry] of entries.entries()) messages.push(...reader.push(entry, position));
  messages.push(...reader.end());
  return messages;
}
