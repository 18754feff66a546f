// A sequence diagram in characters: the charger on the left, the CSMS on the right, one row for each message and
// for everything else that happened. Answers are drawn dashed. Every row is exactly as wide as asked, and what
// peers said cannot break out of it.

import { spanWords } from "../../base/time-words.js";
import type { Entry, FrameEntry } from "../../cassette/format/entry.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { columnsOf, cutToColumns } from "../../text/columns.js";
import { printable } from "../../text/printable.js";
import { type DialogueMessage, entryTone, type Tone, toneOf } from "../messages/dialogue.js";
import { entryTimeNs } from "../messages/entry-time.js";
import { contentWords, controlWords, entryWords } from "../messages/entry-words.js";
import { payloadText } from "../messages/payload-text.js";

/** A piece of a row in one colour. */
export interface ColouredText {
  readonly text: string;
  readonly tone: Tone;
}

/** What is drawn. */
export interface SequenceSource {
  readonly entries: readonly Entry[];
  /** The messages by their positions. */
  readonly messages: ReadonlyMap<number, DialogueMessage>;
  readonly identity: string | null;
  readonly isWanted: (entry: Entry, position: number) => boolean;
}

/** The narrowest diagram. */
export const narrowest = 60;

const timeColumns = 14;
/** Units of a text that can matter to a row. */
const longestRow = 2000;

interface Frame {
  readonly area: number;
  readonly showsConnections: boolean;
}

const shown = (text: string): string => printable(text.slice(0, longestRow));

const front = (entry: Entry, { showsConnections }: Frame): ColouredText => {
  const at = entryTimeNs(entry);
  const time = at === null ? "?" : cutToColumns(`+${(at / 1e9).toFixed(6)}`, timeColumns);
  const connection = "connection" in entry && entry.connection !== null ? `${entry.connection}` : "";
  const where = showsConnections ? ` ${cutToColumns(connection, 3).padStart(3)}` : "";
  return { text: `${time.padStart(timeColumns)}${where} `, tone: "quiet" };
};

const fill = (text: string, columns: number, by = " "): string =>
  text + by.repeat(Math.max(0, columns - columnsOf(text)));

const remarks = ({ outcome, latencyNs, label }: DialogueMessage): string => {
  if (outcome === "unanswered") return "never answered";
  if (outcome === "orphan" || (outcome === "error" && label.callIndex === undefined)) return "without a CALL";
  return latencyNs === null ? "" : spanWords(latencyNs);
};

const labelOf = ({ message, label, outcome }: DialogueMessage): string => {
  if (outcome === "control") return controlWords(message);
  if (outcome === "unreadable") return `unreadable ${contentWords(message)}`;
  const action = label.action ?? "?";
  const name = label.type === "CALL" || label.type === "CALLRESULT" ? action : `${label.type} ${action}`;
  return `${name} ${payloadText(message.text ?? "")}`;
};

const isAnswer = ({ label: { type } }: DialogueMessage): boolean =>
  type !== "control" && type !== "unreadable" && !namesAction(type);

const arrow = (item: DialogueMessage, area: number): string => {
  const line = isAnswer(item) ? "╌" : "─";
  const remark = remarks(item);
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

const otherRow = (entry: Exclude<Entry, FrameEntry>, frame: Frame): readonly ColouredText[] | undefined => {
  const tone = entryTone(entry.kind);
  switch (entry.kind) {
    case "session":
    case "checkpoint":
    case "end":
      return undefined;
    case "connection-opened":
    case "connection-closed":
    case "refused":
      return [front(entry, frame), side("├"), { text: band(entryWords(entry), frame.area), tone }, side("┤")];
    default:
      return [
        front(entry, frame),
        side("│"),
        { text: beside(entryWords(entry), frame.area), tone },
        side("│"),
      ];
  }
};

const rowOf = (
  entry: Entry,
  item: DialogueMessage | undefined,
  frame: Frame,
): readonly ColouredText[] | undefined => {
  if (entry.kind !== "frame") return otherRow(entry, frame);
  if (item === undefined) return undefined;
  return [front(entry, frame), side("│"), { text: arrow(item, frame.area), tone: toneOf(item) }, side("│")];
};

/** The rows of the diagram, `columns` wide. */
export function* sequenceRows(source: SequenceSource, columns: number): Generator<readonly ColouredText[]> {
  const connections = source.entries.filter(({ kind }) => kind === "connection-opened").length;
  const showsConnections = connections > 1;
  const left = timeColumns + 1 + (showsConnections ? 4 : 0);
  const area = Math.max(narrowest, columns) - left - 2;
  const frame = { area, showsConnections };
  const charger = cutToColumns(shown(`charger ${source.identity ?? ""}`.trimEnd()), area - 6);
  yield [side(" ".repeat(left)), side(`${fill(charger, area - 2)}CSMS`)];
  for (const [position, entry] of source.entries.entries()) {
    if (!source.isWanted(entry, position)) continue;
    const item = source.messages.get(position);
    const row = rowOf(entry, item?.position === position ? item : undefined, frame);
    if (row !== undefined) yield row;
  }
}
