// The messages of a recording with what a selection asks of them: to which exchange each belongs, and which
// transactions, connectors, tags and numbers it names, every number of any size by the spelling that is the same
// for the same number. Knows no single selection and judges nothing.

import type { Entry } from "../../cassette/format/entry.js";
import { canonicalNumber } from "../../ocpp/json/flat-values.js";
import { type JsonPath, type Leaf, leavesOf } from "../../ocpp/json/spans.js";
import { unquote } from "../../ocpp/json/string.js";
import { evsePaths, idTagPaths, type PayloadPath } from "../../ocpp/payload.js";
import type { Inflate } from "../messages/deflate.js";
import { labelsOf, type MessageLabel } from "../messages/labels.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";

/** What a message names. */
export interface NamedIds {
  /** By their keys, see `valueKey`. */
  readonly transactions: readonly string[];
  /** The EVSE where one is named, else the connector. */
  readonly connectors: readonly string[];
  /** In small letters: tags are compared without regard to case. */
  readonly tags: readonly string[];
  readonly reservations: readonly string[];
  readonly remoteStarts: readonly string[];
}

/** A message of the book. */
export interface IndexedMessage {
  /** Its place in the book. */
  readonly index: number;
  readonly message: RecordedMessage;
  readonly label: MessageLabel;
  /** The place of the CALL that it answers; its own where it answers none. */
  readonly exchange: number;
  readonly ids: NamedIds;
}

/** The messages of a recording in the order in which they became whole. */
export type RecordingIndex = readonly IndexedMessage[];

/** Equal for values that are the same, written as numbers or as texts. */
export function valueKey(written: string): string {
  return canonicalNumber(written);
}

/** The value of a scalar as a text, without quotes. */
export function leafText({ source }: Leaf): string {
  return source.startsWith('"') ? unquote(source) : source;
}

const endsWith = (path: JsonPath, ...names: PayloadPath): boolean =>
  names.every((name, i) => path[path.length - names.length + i] === name);

/** Longer messages name nothing: they are not taken apart. */
const longestRead = 1024 * 1024;

type Things = keyof NamedIds | "evses";

/** Where values stand, by the last members of their paths. */
const places: readonly (readonly [things: Things, ...names: PayloadPath])[] = [
  ["transactions", "transactionId"],
  ...evsePaths.map((path) => ["evses", ...path] as const),
  ["connectors", "connectorId"],
  ...idTagPaths.map((path) => ["tags", ...path] as const),
  ["reservations", "reservationId"],
  ["remoteStarts", "remoteStartId"],
];

/** What a message's text names. */
export function idsIn(text: string): NamedIds {
  const found: Record<Things, string[]> = {
    transactions: [],
    connectors: [],
    evses: [],
    tags: [],
    reservations: [],
    remoteStarts: [],
  };
  for (const leaf of text.length > longestRead ? [] : leavesOf(text)) {
    const place = places.find(([, ...names]) => endsWith(leaf.path, ...names));
    if (place === undefined || leaf.source === "null") continue;
    const [things] = place;
    const written = leafText(leaf);
    found[things].push(things === "tags" ? written.toLowerCase() : valueKey(written));
  }
  const { evses, ...named } = found;
  return { ...named, connectors: evses.length > 0 ? evses : found.connectors };
}

/** Reads the book of a recording. */
export function indexRecording(entries: readonly Entry[], inflate?: Inflate): RecordingIndex {
  const messages = messagesOf(entries, inflate);
  return labelsOf(messages).map((label, index) => {
    const message = messages[index] as RecordedMessage;
    return { index, message, label, exchange: label.callIndex ?? index, ids: idsIn(message.text ?? "") };
  });
}

/** Whether a message asks something of the other side. */
export function isRequest({ label }: IndexedMessage): boolean {
  return label.type === "CALL" || label.type === "SEND";
}

/** Whether both lists have a value in common. */
export function overlaps(some: readonly string[], others: Iterable<string>): boolean {
  for (const other of others) if (some.includes(other)) return true;
  return false;
}
