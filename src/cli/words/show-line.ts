// One entry of a cassette as one line for a terminal. Texts of peers pass through `printable`, so that they cannot move
// the cursor, ring the bell or hide a line.

import type { ChalkInstance } from "chalk";
import { type DialogueMessage, entryTone, type Tone, toneOf } from "../../analyse/messages/dialogue.js";
import { remarkOf } from "../../analyse/messages/dialogue-words.js";
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

/** A row of texts, each in its colour. */
export function paintRow(row: readonly ColouredText[], paint: ChalkInstance): string {
  return row.map(({ text, tone }) => painters[tone](paint)(text)).join("");
}

const remark = (item: DialogueMessage): string =>
  `${item.latencyNs === null ? "" : "after "}${remarkOf(item)}`;

/** A text is cut only if more than this many characters are left out. */
const slack = 24;

const folded = (text: string, most: number): string =>
  text.length <= most + slack ? text : `${text.slice(0, most)}… (${text.length - most} more)`;

const message = (item: DialogueMessage, most: number): string => {
  if (item.outcome === "control") return folded(controlWords(item.message), most);
  const words = [messageName(item.message, item.label), remark(item)].filter((word) => word !== "");
  return `${words.join(" ")} ${folded(contentWords(item.message), most)}`;
};

const time = (entry: Entry): string => {
  const ns = entryTimeNs(entry);
  if (ns !== null) return `+${(ns / 1e9).toFixed(6)}`;
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

/** The line of an entry. `item`: the message that the entry completed; its text is cut at `most` characters. */
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
