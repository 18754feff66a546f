// A recording and a selection -> the entries of a smaller recording that is as valid: heads and ends of the
// connections that are kept, exchanges whole and with their bytes as they were, what rules did to them, and a
// marked prologue for what is cut off in front. Pure; the file around it is somebody else's.

import type { Entry, FrameEntry, NoteEntry } from "../../cassette/format/entry.js";
import { versionOf } from "../../ocpp/version.js";
import { matchesGlob } from "../../text/glob.js";
import { opcodes, readHeader } from "../../wire/websocket/frame.js";
import type { Inflate } from "../messages/deflate.js";
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
import { brokenConnections, plainFrame, toMakePlain, withoutDeflate } from "./uncompressed-messages.js";

/** What else is wanted of a selection. */
export interface SelectOptions {
  readonly prologue: PrologueKind;
  /** Transactions whose recorded start is taken into the prologue. */
  readonly starts?: readonly string[];
  /** Transactions whose messages are left out all the same. */
  readonly without?: readonly string[];
}

/** A selection of entries. */
export interface SelectedEntries {
  /** Empty where nothing was selected. */
  readonly entries: readonly Entry[];
  /** What was changed beyond leaving out, one sentence each; these stand in the recording, too. */
  readonly notes: readonly string[];
  /** What was asked for and is not there, one sentence each. */
  readonly missing: readonly string[];
  /** Messages that were selected, without the prologue. */
  readonly kept: number;
  /** Messages of the prologue. */
  readonly prologue: number;
  /** Messages of the recording. */
  readonly of: number;
}

const lastFrame = ({ message }: IndexedMessage): number => message.frames.at(-1) ?? 0;

const isSaid = ({ message }: IndexedMessage): boolean => message.kind === "message";

const pick = (
  entries: readonly Entry[],
  book: RecordingIndex,
  selection: Selection,
  without: readonly string[],
): Pick<KeptMessages, "matched" | "messages"> => {
  const chosen = matchSelection(entries, book, selection);
  const keys = without.map(valueKey);
  const left = new Set(
    book.filter(({ ids }) => overlaps(ids.transactions, keys)).map(({ exchange }) => exchange),
  );
  // A prologue that is there already is taken over as one, and not as what was selected.
  const isBefore = isEverything(selection) ? inPrologue(entries) : () => false;
  const isPicked = ({ exchange, message }: IndexedMessage): boolean =>
    !isBefore(message.frames[0] ?? 0) &&
    (chosen.exchanges?.has(exchange) ?? true) &&
    !left.has(exchange) &&
    isInSpans(chosen.spans, book[exchange]?.message.rx ?? null);
  return { matched: chosen, messages: new Set(book.filter(isPicked).map(({ index }) => index)) };
};

/** Writes the entries that are kept, in their order. */
class Scissors {
  readonly notes: string[] = [];
  private readonly out: Entry[] = [];
  private readonly kept: KeptMessages;
  private readonly prologue: readonly IndexedMessage[];
  private readonly isCutInFront: boolean;
  /** What goes out in the place of a frame. */
  private readonly frames = new Map<number, Uint8Array>();
  /** Connections that lost messages behind their last kept one. */
  private readonly cutBehind = new Set<number>();
  private readonly broken: ReadonlySet<number>;
  private readonly seen: SeenCounts;
  private readonly home: number;
  private readonly blockFrames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  private isBlockWritten = false;

  constructor(
    kept: KeptMessages,
    home: number,
    prologue: readonly IndexedMessage[],
    isCutInFront: boolean,
    inflate: Inflate | undefined,
  ) {
    this.kept = kept;
    this.home = home;
    this.prologue = prologue;
    this.isCutInFront = isCutInFront;
    const { entries, index, messages, connections } = kept;
    const isKept = ({ index, message }: IndexedMessage): boolean =>
      messages.has(index) && connections.has(message.connection);
    this.broken = brokenConnections(entries, index, isKept);
    for (const item of index) {
      if (isKept(item)) this.keep(item, inflate);
      else if (isSaid(item)) this.cutBehind.add(item.message.connection);
      if (isKept(item) && isSaid(item)) this.cutBehind.delete(item.message.connection);
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
      toMakePlain(entries, item, inflate);
    const plain = isPlain ? plainFrame(entries, item) : undefined;
    if (plain !== undefined) {
      this.frames.set(lastFrame(item), plain);
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
    if (connection === this.home) this.block();
    if (isClose(entry)) this.beforeEnd(connection);
    const before = connection === this.home ? this.seenInBlock(direction) : 0;
    this.out.push({ ...entry, raw, seen: before + this.seen.left(connection, direction, entry.seen) });
  }

  private seenInBlock(direction: FrameEntry["direction"]): number {
    return this.blockFrames[direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms"];
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
      const why = `connection ${entry.connection}: compressed messages that are kept became plain, because later ones build on those that are left out`;
      this.notes.push(why);
      this.note(uncompressedCode, entry.connection, why);
    }
    if (entry.connection === this.home) this.block();
  }

  private beforeEnd(connection: number): void {
    if (!this.cutBehind.delete(connection)) return;
    this.note(cutCode, connection, "what came between here and the end of the connection is left out");
  }

  /** The prologue stands behind the head of the connection where the selection begins. */
  private block(): void {
    if (this.isBlockWritten || !this.isCutInFront) return;
    this.isBlockWritten = true;
    const { entries } = this.kept;
    const block = this.prologue.flatMap((item) => {
      const frame = entries[lastFrame(item)];
      if (frame?.kind !== "frame") return [];
      const plain = item.message.compression === "none" ? undefined : plainFrame(entries, item);
      const frames =
        plain === undefined ? item.message.frames.map((at) => entries[at]) : [{ ...frame, raw: plain }];
      return frames.filter((entry) => entry?.kind === "frame");
    });
    this.note(prologueCodes.begin, this.home, beginWords(this.prologue, block.length));
    for (const entry of block) {
      const { direction } = entry;
      this.out.push({ ...entry, connection: this.home, seen: this.seenInBlock(direction) });
      this.blockFrames[direction]++;
    }
    this.note(prologueCodes.end, this.home, `here the prologue of ${block.length} entries ends`);
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
  return `${frames} entries follow that were recorded before what is kept${what}`;
};

/** The entries with the counts that checkpoints and the end carry. */
const numbered = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map((entry, i) =>
    entry.kind === "checkpoint" || entry.kind === "end" ? { ...entry, entries: i } : entry,
  );

/** The entries with notes behind the session. */
export function withFrontNotes(entries: readonly Entry[], notes: readonly NoteEntry[]): readonly Entry[] {
  const [session, ...others] = entries;
  return session === undefined ? entries : numbered([session, ...notes, ...others]);
}

/** Selects from a recording; without `inflate`, compressed messages have no names. */
export function selectEntries(
  entries: readonly Entry[],
  selection: Selection,
  options: SelectOptions,
  inflate?: Inflate,
): SelectedEntries {
  const book = indexRecording(entries, inflate);
  const { matched, messages } = pick(entries, book, selection, options.without ?? []);
  const said = book.filter((item) => isSaid(item) && messages.has(item.index));
  const of = book.filter(isSaid).length;
  const { missing } = matched;
  const [first] = said;
  if (first === undefined) return { entries: [], notes: [], missing, kept: 0, prologue: 0, of };
  const home = first.message.connection;
  const positions = said.flatMap(({ message }) => message.frames);
  const kept: KeptMessages = {
    entries,
    index: book,
    matched,
    around: selection.around,
    messages,
    connections: new Set(said.map(({ message }) => message.connection)),
    first: positions.reduce((least, at) => Math.min(least, at)),
    last: positions.reduce((most, at) => Math.max(most, at)),
  };
  const subprotocols = new Map(
    entries.flatMap((entry) =>
      entry.kind === "connection-opened" ? [[entry.connection, versionOf(entry.subprotocol)] as const] : [],
    ),
  );
  const prologue = prologueOf({
    index: book,
    cut: first.index,
    kind: isEverything(selection) ? "full" : options.prologue,
    fits: (connection) => subprotocols.get(connection) === subprotocols.get(home),
    isSkipped: (action) => selection.skip.some((glob) => matchesGlob(glob, action)),
    transactions: new Set(said.flatMap(({ ids }) => ids.transactions)),
    starts: (options.starts ?? []).map(valueKey),
  }).flat();
  const isCutInFront = book.slice(0, first.index).some(isSaid) || hasPrologue(entries);
  const scissors = new Scissors(kept, home, prologue, isCutInFront, inflate);
  const out = scissors.run();
  return { entries: out, notes: scissors.notes, missing, kept: said.length, prologue: prologue.length, of };
}

const noteAt = (entries: readonly Entry[], code: string): number =>
  entries.findIndex((entry) => entry.kind === "note" && entry.code === code);

const hasPrologue = (entries: readonly Entry[]): boolean => noteAt(entries, prologueCodes.begin) >= 0;

const inPrologue = (entries: readonly Entry[]): ((position: number) => boolean) => {
  const [begin, end] = [noteAt(entries, prologueCodes.begin), noteAt(entries, prologueCodes.end)];
  return (position) => position > begin && position < end;
};
