// Makes a smaller, valid recording from a recording and a selection: the heads and ends of the kept connections, whole
// exchanges with their recorded bytes, the decisions of rules about them, and a marked prologue for what came before.

import type { Entry, FrameEntry, NoteEntry } from "../../cassette/format/entry.js";
import { versionOf } from "../../ocpp/version.js";
import { matchesGlob } from "../../text/glob.js";
import { opcodes, readHeader } from "../../wire/websocket/frame.js";
import type { Inflate } from "../messages/deflate.js";
import { positionOf } from "../messages/messages.js";
import { EntryKeeper, type KeptMessages, uncompressedCode } from "./kept-entry.js";
import { cutCode, type PrologueKind, prologueCodes, prologueOf } from "./prologue.js";
import {
  type IndexedMessage,
  indexRecording,
  overlaps,
  type RecordingIndex,
  valueKey,
} from "./recording-index.js";
import { SeenCounts } from "./seen-counts.js";
import { isEverything, isInSpans, matchSelection, type Selection } from "./selection.js";
import { brokenConnections, mustBePlain, plainFrame, withoutDeflate } from "./uncompressed-messages.js";

/** Options of a selection. */
export interface SelectOptions {
  readonly prologue: PrologueKind;
  /** Transactions whose recorded start is added to the prologue. */
  readonly starts?: readonly string[];
  /** Transactions whose messages are left out although they are selected. */
  readonly without?: readonly string[];
}

/** The result of a selection. */
export interface SelectedEntries {
  /** Empty if nothing was selected. */
  readonly entries: readonly Entry[];
  /** What was changed besides leaving out entries, one sentence each; the recording contains them as notes. */
  readonly notes: readonly string[];
  /** What the selection names and the recording does not have, one sentence each. */
  readonly missing: readonly string[];
  /** Number of selected messages, without the prologue. */
  readonly kept: number;
  /** Number of messages of the prologue. */
  readonly prologue: number;
  /** Number of messages of the recording. */
  readonly of: number;
}

/** Whether it is a message, not a control frame. */
const isMessage = ({ message }: IndexedMessage): boolean => message.kind === "message";

const pick = (
  entries: readonly Entry[],
  indexed: RecordingIndex,
  selection: Selection,
  without: readonly string[],
): Pick<KeptMessages, "matched" | "messages"> => {
  const matched = matchSelection(entries, indexed, selection);
  const keys = without.map(valueKey);
  const left = new Set(
    indexed.filter(({ ids }) => overlaps(ids.transactions, keys)).map(({ exchange }) => exchange),
  );
  // A prologue of an earlier trim becomes the prologue again, not a part of the selection.
  const isBefore = isEverything(selection) ? inPrologue(entries) : () => false;
  const isPicked = ({ exchange, message }: IndexedMessage): boolean =>
    !isBefore(message.frames[0] ?? 0) &&
    (matched.exchanges?.has(exchange) ?? true) &&
    !left.has(exchange) &&
    isInSpans(matched.spans, indexed[exchange]?.message.rx ?? null);
  return { matched, messages: new Set(indexed.filter(isPicked).map(({ index }) => index)) };
};

/** Writes the kept entries in their order. */
class SelectionWriter {
  readonly notes: string[] = [];
  private readonly out: Entry[] = [];
  private readonly kept: KeptMessages;
  private readonly prologue: readonly IndexedMessage[];
  private readonly isCutInFront: boolean;
  /** By position: the bytes of each kept frame. */
  private readonly frames = new Map<number, Uint8Array>();
  /** Connections that lose messages after their last kept one. */
  private readonly cutAtEnd = new Set<number>();
  private readonly broken: ReadonlySet<number>;
  private readonly seen: SeenCounts;
  /** The connection on which the selection begins, and the prologue with it. */
  private readonly firstConnection: number;
  private readonly prologueFrames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  private isPrologueWritten = false;

  constructor(
    kept: KeptMessages,
    firstConnection: number,
    prologue: readonly IndexedMessage[],
    isCutInFront: boolean,
    inflate: Inflate | undefined,
  ) {
    this.kept = kept;
    this.firstConnection = firstConnection;
    this.prologue = prologue;
    this.isCutInFront = isCutInFront;
    const { entries, indexed, messages, connections } = kept;
    const isKept = ({ index, message }: IndexedMessage): boolean =>
      messages.has(index) && connections.has(message.connection);
    this.broken = brokenConnections(entries, indexed, isKept);
    for (const item of indexed) {
      if (isKept(item)) this.keep(item, inflate);
      else if (isMessage(item)) this.cutAtEnd.add(item.message.connection);
      if (isKept(item) && isMessage(item)) this.cutAtEnd.delete(item.message.connection);
    }
    for (const [position, entry] of entries.entries())
      if (entry.kind === "frame" && connections.has(entry.connection) && isClose(entry))
        this.frames.set(position, entry.raw);
    this.seen = new SeenCounts(entries, (position) => this.frames.has(position));
  }

  run(): readonly Entry[] {
    const { entries } = this.kept;
    const keeper = new EntryKeeper(this.kept);
    for (const [position, entry] of entries.entries()) {
      if (entry.kind === "frame") this.frame(entry, position);
      else if (keeper.keeps(entry, position)) this.other(entry);
    }
    const end = entries.find((entry) => entry.kind === "end");
    const session = entries.find((entry) => entry.kind === "session");
    const checkpoint = entries.findLast((entry) => entry.kind === "checkpoint");
    const wall = end?.wall ?? checkpoint?.wall ?? session?.startedAt ?? "";
    return numbered([...this.out, { kind: "end", at: end?.at ?? null, wall, entries: 0 }]);
  }

  private keep(item: IndexedMessage, inflate: Inflate | undefined): void {
    const { entries } = this.kept;
    const isPlain =
      this.broken.has(item.message.connection) &&
      item.message.compression !== "none" &&
      mustBePlain(entries, item, inflate);
    const plain = isPlain ? plainFrame(entries, item) : undefined;
    if (plain !== undefined) {
      this.frames.set(positionOf(item.message), plain);
      return;
    }
    for (const position of item.message.frames) {
      const entry = entries[position];
      if (entry?.kind === "frame") this.frames.set(position, entry.raw);
    }
  }

  private note(code: string, connection: number | null, message: string): void {
    this.out.push({ kind: "note", connection, at: null, code, message });
  }

  private frame(entry: FrameEntry, position: number): void {
    const raw = this.frames.get(position);
    if (raw === undefined) return;
    const { connection, direction } = entry;
    if (connection === this.firstConnection) this.writePrologue();
    if (isClose(entry)) this.beforeEnd(connection);
    const before = connection === this.firstConnection ? this.seenInPrologue(direction) : 0;
    this.out.push({ ...entry, raw, seen: before + this.seen.left(connection, direction, entry.seen) });
  }

  private seenInPrologue(direction: FrameEntry["direction"]): number {
    return this.prologueFrames[direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms"];
  }

  private other(entry: Exclude<Entry, FrameEntry>): void {
    if (entry.kind === "connection-closed") this.beforeEnd(entry.connection);
    if (entry.kind !== "connection-opened") {
      this.out.push(entry);
      return;
    }
    const isBroken = this.broken.has(entry.connection) && entry.response !== null;
    const response = isBroken && entry.response !== null ? withoutDeflate(entry.response) : entry.response;
    this.out.push({ ...entry, response });
    if (isBroken) {
      const why = `connection ${entry.connection}: kept compressed messages are stored uncompressed, because they depend on messages that are left out`;
      this.notes.push(why);
      this.note(uncompressedCode, entry.connection, why);
    }
    if (entry.connection === this.firstConnection) this.writePrologue();
  }

  private beforeEnd(connection: number): void {
    if (!this.cutAtEnd.delete(connection)) return;
    this.note(cutCode, connection, "the messages between here and the end of the connection are left out");
  }

  /** Writes the prologue after the head of the connection on which the selection begins. */
  private writePrologue(): void {
    if (this.isPrologueWritten || !this.isCutInFront) return;
    this.isPrologueWritten = true;
    const { entries } = this.kept;
    const block = this.prologue.flatMap((item) => {
      const frame = entries[positionOf(item.message)];
      if (frame?.kind !== "frame") return [];
      const plain = item.message.compression === "none" ? undefined : plainFrame(entries, item);
      const frames =
        plain === undefined
          ? item.message.frames.map((position) => entries[position])
          : [{ ...frame, raw: plain }];
      return frames.filter((entry) => entry?.kind === "frame");
    });
    this.note(prologueCodes.begin, this.firstConnection, beginWords(this.prologue, block.length));
    for (const entry of block) {
      const { direction } = entry;
      this.out.push({ ...entry, connection: this.firstConnection, seen: this.seenInPrologue(direction) });
      this.prologueFrames[direction]++;
    }
    this.note(prologueCodes.end, this.firstConnection, `the prologue of ${block.length} entries ends here`);
  }
}

const isClose = ({ raw }: FrameEntry): boolean => readHeader(raw, 0)?.opcode === opcodes.close;

const beginWords = (prologue: readonly IndexedMessage[], frames: number): string => {
  const counts = new Map<string, number>();
  for (const { label } of prologue)
    if (label.type === "CALL" || label.type === "SEND")
      counts.set(label.action ?? "", (counts.get(label.action ?? "") ?? 0) + 1);
  const listed = [...counts].map(([action, count]) => (count === 1 ? action : `${count} ${action}`));
  const what = listed.length === 0 ? "" : `: ${listed.join(", ")}, with their answers`;
  return `the next ${frames} entries were recorded before the selection${what}`;
};

/** Sets the entry counts of checkpoints and of the end. */
const numbered = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map((entry, i) =>
    entry.kind === "checkpoint" || entry.kind === "end" ? { ...entry, entries: i } : entry,
  );

/** Adds notes after the session entry. */
export function withFrontNotes(entries: readonly Entry[], notes: readonly NoteEntry[]): readonly Entry[] {
  const [session, ...others] = entries;
  return session === undefined ? entries : numbered([session, ...notes, ...others]);
}

/** Selects from a recording; without `inflate`, compressed messages name no ids. */
export function selectEntries(
  entries: readonly Entry[],
  selection: Selection,
  options: SelectOptions,
  inflate?: Inflate,
): SelectedEntries {
  const indexed = indexRecording(entries, inflate);
  const { matched, messages } = pick(entries, indexed, selection, options.without ?? []);
  const selected = indexed.filter((item) => isMessage(item) && messages.has(item.index));
  const of = indexed.filter(isMessage).length;
  const { missing } = matched;
  const [first] = selected;
  if (first === undefined) return { entries: [], notes: [], missing, kept: 0, prologue: 0, of };
  const firstConnection = first.message.connection;
  const positions = selected.flatMap(({ message }) => message.frames);
  const kept: KeptMessages = {
    entries,
    indexed,
    matched,
    around: selection.around,
    messages,
    connections: new Set(selected.map(({ message }) => message.connection)),
    first: positions.reduce((least, position) => Math.min(least, position)),
    last: positions.reduce((most, position) => Math.max(most, position)),
  };
  const versions = new Map(
    entries.flatMap((entry) =>
      entry.kind === "connection-opened" ? [[entry.connection, versionOf(entry.subprotocol)] as const] : [],
    ),
  );
  const prologue = prologueOf({
    indexed,
    firstIndex: first.index,
    kind: isEverything(selection) ? "full" : options.prologue,
    hasSameVersion: (connection) => versions.get(connection) === versions.get(firstConnection),
    isSkipped: (action) => selection.skip.some((glob) => matchesGlob(glob, action)),
    transactions: new Set(selected.flatMap(({ ids }) => ids.transactions)),
    starts: (options.starts ?? []).map(valueKey),
  }).flat();
  const isCutInFront = indexed.slice(0, first.index).some(isMessage) || hasPrologue(entries);
  const writer = new SelectionWriter(kept, firstConnection, prologue, isCutInFront, inflate);
  const out = writer.run();
  return { entries: out, notes: writer.notes, missing, kept: selected.length, prologue: prologue.length, of };
}

const noteAt = (entries: readonly Entry[], code: string): number =>
  entries.findIndex((entry) => entry.kind === "note" && entry.code === code);

const hasPrologue = (entries: readonly Entry[]): boolean => noteAt(entries, prologueCodes.begin) >= 0;

const inPrologue = (entries: readonly Entry[]): ((position: number) => boolean) => {
  const [begin, end] = [noteAt(entries, prologueCodes.begin), noteAt(entries, prologueCodes.end)];
  return (position) => position > begin && position < end;
};
