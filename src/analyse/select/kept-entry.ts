// Which entries stay with a selection beside the frames of its messages: what rules did to kept messages, notes and
// markers in range, and of entries that are no dialogue those in the wanted span of time. Decides entry by entry.

import { concat, sameBytes } from "../../base/bytes.js";
import type {
  DecisionEntry,
  Entry,
  FrameEntry,
  InjectedEntry,
  NoteEntry,
} from "../../cassette/format/entry.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { cutCode, prologueCodes } from "./prologue.js";
import type { IndexedMessage, RecordingIndex } from "./recording-index.js";
import { isInSpans, type MatchedSelection } from "./selection.js";
import { isMarked } from "./selection-time.js";

/** The note at the beginning of a recording that was made from a larger one. */
export const trimmedCode = "trimmed";
/** The note about a value that was handed out in front of what is kept. */
export const unboundCode = "unbound";
/** The note about compressed messages that became plain. */
export const uncompressedCode = "uncompressed";

const ofWholeRecording: ReadonlySet<string> = new Set([trimmedCode, unboundCode, uncompressedCode]);
const ofPrologue: ReadonlySet<string> = new Set([prologueCodes.begin, prologueCodes.end]);

/** What is kept of a recording. */
export interface KeptMessages {
  readonly entries: readonly Entry[];
  readonly index: RecordingIndex;
  readonly matched: MatchedSelection;
  /** Texts of markers that were asked for. */
  readonly around: readonly string[];
  /** Places of the kept messages in the book. */
  readonly messages: ReadonlySet<number>;
  readonly connections: ReadonlySet<number>;
  /** Positions of the first and the last frame of a kept message. */
  readonly first: number;
  readonly last: number;
}

/** Tells which entries stay that are neither frames nor heads nor ends. */
export class EntryKeeper {
  private readonly kept: KeptMessages;
  private readonly byBytes = new Map<string, IndexedMessage[]>();
  /** By connection and rule: whether the last message that the rule was applied to is kept. */
  private readonly rules = new Map<string, boolean>();
  private hasCheckpoint = false;

  constructor(kept: KeptMessages) {
    this.kept = kept;
    for (const item of kept.index) {
      const { connection, direction } = item.message;
      const key = `${connection} ${direction} ${this.bytesOf(item).length}`;
      const found = this.byBytes.get(key);
      if (found === undefined) this.byBytes.set(key, [item]);
      else found.push(item);
    }
  }

  /** Whether this entry stays; to be asked in the order of the recording. */
  keeps(entry: Exclude<Entry, FrameEntry>, position: number): boolean {
    switch (entry.kind) {
      case "connection-opened":
      case "connection-closed":
        return this.kept.connections.has(entry.connection);
      case "bytes":
        return this.kept.connections.has(entry.connection) && this.isInSpan(entry);
      case "decision":
        return this.kept.connections.has(entry.connection) && this.decision(entry, position);
      case "injected":
        return this.kept.connections.has(entry.connection) && this.injected(entry);
      case "note":
        return this.note(entry, position);
      case "marker":
        return this.isInside(entry, position) || this.kept.around.some((text) => isMarked(entry.text, text));
      case "checkpoint":
        // The first one repeats the salt and ties the clocks.
        return this.isFirstCheckpoint() || this.isInside(entry, position);
      case "gap":
        return this.isInside(entry, position);
      case "refused":
      case "handshake-failed":
      case "http-exchange":
        return this.isInSpan(entry);
      case "session":
        return true;
      case "end":
        return false;
    }
  }

  private isFirstCheckpoint(): boolean {
    const isFirst = !this.hasCheckpoint;
    this.hasCheckpoint = true;
    return isFirst;
  }

  /** Selections of messages leave out what is no message; those of a span keep everything in it. */
  private isInSpan(entry: Entry): boolean {
    const { matched } = this.kept;
    return matched.exchanges === undefined && isInSpans(matched.spans, entryTimeNs(entry));
  }

  private isInside(entry: Entry, position: number): boolean {
    const { first, last, matched } = this.kept;
    if (position > first && position < last) return true;
    return matched.spans !== undefined && isInSpans(matched.spans, entryTimeNs(entry));
  }

  private note(entry: NoteEntry, position: number): boolean {
    if (ofWholeRecording.has(entry.code)) return true;
    if (ofPrologue.has(entry.code)) return false;
    if (entry.connection !== null && !this.kept.connections.has(entry.connection)) return false;
    return entry.code === cutCode || this.isInside(entry, position);
  }

  private bytesOf({ message }: IndexedMessage): Uint8Array {
    const raws = message.frames.map((position) => {
      const entry = this.kept.entries[position];
      return entry?.kind === "frame" ? entry.raw : new Uint8Array(0);
    });
    return concat(raws);
  }

  private decision(entry: DecisionEntry, position: number): boolean {
    const { connection, direction, original, rule } = entry;
    const candidates = this.byBytes.get(`${connection} ${direction} ${original.length}`) ?? [];
    const distance = ({ message }: IndexedMessage): number =>
      Math.abs((message.frames.at(-1) ?? 0) - position);
    let nearest: IndexedMessage | undefined;
    for (const item of candidates)
      if (
        (nearest === undefined || distance(item) < distance(nearest)) &&
        sameBytes(this.bytesOf(item), original)
      )
        nearest = item;
    const isKept = nearest !== undefined && this.kept.messages.has(nearest.index);
    this.rules.set(`${connection} ${rule}`, isKept);
    return isKept;
  }

  /** What a rule injected belongs to the message that it was applied to last. */
  private injected(entry: InjectedEntry): boolean {
    return this.rules.get(`${entry.connection} ${entry.by}`) ?? this.isInSpan(entry);
  }
}
