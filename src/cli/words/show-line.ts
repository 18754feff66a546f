// One entry of a cassette as one line for a person. Everything that a peer said goes through `printable`, so that
// no text of a charger can move the cursor, ring the bell or hide a line.

import type { ChalkInstance } from "chalk";
import { type DialogueMessage, entryTone, type Tone, toneOf } from "../../analyse/messages/dialogue.js";
import { entryTimeNs } from "../../analyse/messages/entry-time.js";
import {
  contentWords,
  controlWords,
  entryWords,
  fragmentWords,
  messageName,
} from "../../analyse/messages/entry-words.js";
import type { ColouredText } from "../../analyse/report/sequence-text.js";
import type { Direction } from "../../base/direction.js";
import { spanWords } from "../../base/time-words.js";
import type { Entry } from "../../cassette/format/entry.js";
import { printable } from "../../text/printable.js";

const arrows: Readonly<Record<Direction, string>> = { "cp-to-csms": "cp>csms", "csms-to-cp": "csms>cp" };

const painters: Readonly<Record<Tone, (paint: ChalkInstance) => ChalkInstance>> = {
  charger: (paint) => paint.cyan,
  csms: (paint) => paint.green,
  bad: (paint) => paint.red,
  warn: (paint) => paint.yellow,
  quiet: (paint) => paint.dim,
  mark: (paint) => paint.magenta,
};

/** A row of pieces, each in its colour. */
export function paintRow(row: readonly ColouredText[], paint: ChalkInstance): string {
  return row.map(({ text, tone }) => painters[tone](paint)(text)).join("");
}

const remark = ({ outcome, latencyNs, label: { type, callIndex } }: DialogueMessage): string => {
  const after = latencyNs === null ? "" : `after ${spanWords(latencyNs)}`;
  if (outcome === "unanswered") return "never answered";
  const isAnswer = type === "CALLRESULT" || type === "CALLERROR" || type === "CALLRESULTERROR";
  return isAnswer && callIndex === undefined ? "without a CALL" : after;
};

/** Less than this is not worth folding away. */
const slack = 24;

const folded = (text: string, most: number): string =>
  text.length <= most + slack ? text : `${text.slice(0, most)}… (${text.length - most} more)`;

const message = (item: DialogueMessage, most: number): string => {
  if (item.outcome === "control") return folded(controlWords(item.message), most);
  const words = [messageName(item.message, item.label), remark(item)].filter((word) => word !== "");
  return `${words.join(" ")} ${folded(contentWords(item.message), most)}`;
};

const time = (entry: Entry): string => {
  const at = entryTimeNs(entry);
  if (at !== null) return `+${(at / 1e9).toFixed(6)}`;
  return entry.kind === "frame" && entry.loggedAt !== undefined ? printable(entry.loggedAt, 40) : "?";
};

const wordsOf = (entry: Entry, item: DialogueMessage | undefined, most: number): string => {
  if (entry.kind !== "frame") return folded(entryWords(entry), Math.max(most, 400));
  return item === undefined ? fragmentWords(entry) : message(item, most);
};

const toneOfEntry = (entry: Entry, item: DialogueMessage | undefined): Tone => {
  if (entry.kind !== "frame") return entryTone(entry.kind);
  return item === undefined ? "quiet" : toneOf(item);
};

/** The line of an entry; `item` is the message that became whole with it, its text cut at `most` characters. */
export function showLine(
  index: number,
  entry: Entry,
  item: DialogueMessage | undefined,
  paint: ChalkInstance,
  most: number,
): string {
  const where =
    "connection" in entry && "direction" in entry ? `${entry.connection} ${arrows[entry.direction]}` : "";
  const front = `${String(index).padStart(6)}  ${time(entry).padStart(14)}  ${where.padEnd(9)}`;
  const colour = painters[toneOfEntry(entry, item)](paint);
  return `${paint.dim(front)}  ${colour(printable(wordsOf(entry, item, most)))}`;
}
