// Decides which entries other than frames are kept with a selection: decisions and injections of rules for kept messages,
// notes and markers between them, and entries outside of the dialogue if their time is selected.

import { concat, sameBytes } from "../../base/bytes.js";
import type {
  DecisionEntry,
  Entry,
  FrameEntry,
  InjectedEntry,
  NoteEntry,
} from "../../cassette/format/entry.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { positionOf } from "../messages/messages.js";
import { cutCode, prologueCodes } from "./prologue.js";
import type { IndexedMessage, RecordingIndex } from "./recording-index.js";
import { isInSpans, type MatchedSelection } from "./selection.js";
import { isMarked } from "./selection-time.js";

/** The code of the note at the beginning of a trimmed recording. */
export const trimmedCode = "trimmed";
/** The code of the note about a value that was assigned before the kept messages. */
export const unboundCode = "unbound";
/** The code of the note about compressed messages that were stored uncompressed. */
export const uncompressedCode = "uncompressed";

const alwaysKept: ReadonlySet<string> = new Set([trimmedCode, unboundCode, uncompressedCode]);
const prologueNotes: ReadonlySet<string> = new Set([prologueCodes.begin, prologueCodes.end]);

/** The messages of a recording that are kept, and the selection that chose them. */
export interface KeptMessages {
  readonly entries: readonly Entry[];
  readonly indexed: RecordingIndex;
  readonly matched: MatchedSelection;
  /** The marker texts of the selection. */
  readonly around: readonly string[];
  /** Indexes of the kept messages. */
  readonly messages: ReadonlySet<number>;
  readonly connections: ReadonlySet<number>;
  /** Positions of the first and the last frame of the kept messages. */
  readonly first: number;
  readonly last: number;
}

/** Decides about entries other than frames, in the order of the recording. */
export class EntryKeeper {
  private readonly kept: KeptMessages;
  private readonly byBytes = new Map<string, IndexedMessage[]>();
  /** By connection and rule: whether the last message that the rule decided about is kept. */
  private readonly isLastKept = new Map<string, boolean>();
  private hasCheckpoint = false;

  constructor(kept: KeptMessages) {
    this.kept = kept;
    for (const item of kept.indexed) {
      const { connection, direction } = item.message;
      const key = `${connection} ${direction} ${this.bytesOf(item).length}`;
      const found = this.byBytes.get(key);
      if (found === undefined) this.byBytes.set(key, [item]);
      else found.push(item);
    }
  }

  /** Whether an entry is kept; call it for the entries in their order. */
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
        // The first checkpoint repeats the salt and relates the clocks.
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

  /** Whether the entry is in a selected time span; false if the selection chose messages. */
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
    if (alwaysKept.has(entry.code)) return true;
    if (prologueNotes.has(entry.code)) return false;
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
    const distance = ({ message }: IndexedMessage): number => Math.abs(positionOf(message) - position);
    let nearest: IndexedMessage | undefined;
    for (const item of candidates)
      if (
        (nearest === undefined || distance(item) < distance(nearest)) &&
        sameBytes(this.bytesOf(item), original)
      )
        nearest = item;
    const isKept = nearest !== undefined && this.kept.messages.has(nearest.index);
    this.isLastKept.set(`${connection} ${rule}`, isKept);
    return isKept;
  }

  /** An injection belongs to the last message that its rule decided about. */
  private injected(entry: InjectedEntry): boolean {
    return this.isLastKept.get(`${entry.connection} ${entry.by}`) ?? this.isInSpan(entry);
  }
}
