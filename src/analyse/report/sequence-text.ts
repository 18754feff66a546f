// A sequence diagram in characters: the charger on the left, the CSMS on the right, one row for each message and for
// each other entry. Answers are dashed. Every row has exactly the requested width; texts of peers are escaped and cut.

import type { Entry, FrameEntry } from "../../cassette/format/entry.js";
import { columnsOf, cutToColumns } from "../../text/columns.js";
import { printable } from "../../text/printable.js";
import { type DialogueMessage, entryTone, type Tone, toneOf } from "../messages/dialogue.js";
import { isAnswer, remarkOf, shortContent, shortName } from "../messages/dialogue-words.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { entryWords } from "../messages/entry-words.js";

/** A part of a row in one colour. */
export interface ColouredText {
  readonly text: string;
  readonly tone: Tone;
}

/** The recording to draw. */
export interface SequenceSource {
  readonly entries: readonly Entry[];
  /** The messages, by the position of the entry that completed them. */
  readonly messages: ReadonlyMap<number, DialogueMessage>;
  readonly identity: string | null;
  readonly isWanted: (entry: Entry, position: number) => boolean;
}

/** The smallest width of a diagram, in columns. */
export const narrowest = 60;

const timeColumns = 14;
/** Longest text, in characters, that is looked at for a row. */
const longestRow = 2000;

/** The layout of all rows: `area` is the number of columns between the two lines. */
interface Layout {
  readonly area: number;
  readonly showsConnections: boolean;
}

const shown = (text: string): string => printable(text.slice(0, longestRow));

const front = (entry: Entry, { showsConnections }: Layout): ColouredText => {
  const ns = entryTimeNs(entry);
  const time = ns === null ? "?" : cutToColumns(`+${(ns / 1e9).toFixed(6)}`, timeColumns);
  const connection = "connection" in entry && entry.connection !== null ? `${entry.connection}` : "";
  const where = showsConnections ? ` ${cutToColumns(connection, 3).padStart(3)}` : "";
  return { text: `${time.padStart(timeColumns)}${where} `, tone: "quiet" };
};

const fill = (text: string, columns: number, by = " "): string =>
  text + by.repeat(Math.max(0, columns - columnsOf(text)));

const labelOf = (item: DialogueMessage): string =>
  item.outcome === "control" ? shortContent(item) : `${shortName(item)} ${shortContent(item)}`;

const arrow = (item: DialogueMessage, area: number): string => {
  const line = isAnswer(item) ? "╌" : "─";
  const remark = remarkOf(item);
  const tail = remark === "" ? "" : ` ${remark} ${line}`;
  const room = area - 5 - columnsOf(tail);
  const words = cutToColumns(shown(labelOf(item)), room);
  const body = `${fill(`${line}${line} ${words} `, area - 1 - columnsOf(tail), line)}${tail}`;
  return item.message.direction === "cp-to-csms"
    ? `${body}▶`
    : `◀${fill(`${line} ${words} `, area - 1 - columnsOf(tail), line)}${tail}`;
};

const side = (text: string): ColouredText => ({ text, tone: "quiet" });

const band = (words: string, area: number): string =>
  fill(`── ${cutToColumns(shown(words), area - 5)} `, area, "─");

const beside = (words: string, area: number): string =>
  fill(`  ${cutToColumns(shown(words), area - 3)}`, area);

const otherRow = (entry: Exclude<Entry, FrameEntry>, layout: Layout): readonly ColouredText[] | undefined => {
  const tone = entryTone(entry.kind);
  switch (entry.kind) {
    case "session":
    case "checkpoint":
    case "end":
      return undefined;
    case "connection-opened":
    case "connection-closed":
    case "refused":
      return [
        front(entry, layout),
        side("├"),
        { text: band(entryWords(entry), layout.area), tone },
        side("┤"),
      ];
    default:
      return [
        front(entry, layout),
        side("│"),
        { text: beside(entryWords(entry), layout.area), tone },
        side("│"),
      ];
  }
};

const rowOf = (
  entry: Entry,
  item: DialogueMessage | undefined,
  layout: Layout,
): readonly ColouredText[] | undefined => {
  if (entry.kind !== "frame") return otherRow(entry, layout);
  if (item === undefined) return undefined;
  return [front(entry, layout), side("│"), { text: arrow(item, layout.area), tone: toneOf(item) }, side("│")];
};

/** The rows of the diagram, each `columns` wide, but at least `narrowest`. */
export function* sequenceRows(source: SequenceSource, columns: number): Generator<readonly ColouredText[]> {
  const connections = source.entries.filter(({ kind }) => kind === "connection-opened").length;
  const showsConnections = connections > 1;
  const left = timeColumns + 1 + (showsConnections ? 4 : 0);
  const area = Math.max(narrowest, columns) - left - 2;
  const layout = { area, showsConnections };
  const charger = cutToColumns(shown(`charger ${source.identity ?? ""}`.trimEnd()), area - 6);
  yield [side(" ".repeat(left)), side(`${fill(charger, area - 2)}CSMS`)];
  for (const [position, entry] of source.entries.entries()) {
    if (!source.isWanted(entry, position)) continue;
    const item = source.messages.get(position);
    const row = rowOf(entry, item?.position === position ? item : undefined, layout);
    if (row !== undefined) yield row;
  }
}
