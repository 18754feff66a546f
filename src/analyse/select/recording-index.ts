// The messages of a recording with what selections need: the exchange of each message, and the transactions, connectors,
// tags and other ids that it names. Numbers of any size are compared by a canonical spelling.

import type { Entry } from "../../cassette/format/entry.js";
import { canonicalNumber } from "../../ocpp/json/flat-values.js";
import { type JsonPath, type Leaf, leavesOf } from "../../ocpp/json/spans.js";
import { unquote } from "../../ocpp/json/string.js";
import { evsePaths, idTagPaths, type PayloadPath } from "../../ocpp/payload.js";
import type { Inflate } from "../messages/deflate.js";
import { labelsOf, type MessageLabel } from "../messages/labels.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";

/** The ids that a message names. */
export interface NamedIds {
  /** As keys, see `valueKey`. */
  readonly transactions: readonly string[];
  /** The EVSE if the message names one, else the connector. */
  readonly connectors: readonly string[];
  /** In lower case, because tags are compared without regard to case. */
  readonly tags: readonly string[];
  readonly reservations: readonly string[];
  readonly remoteStarts: readonly string[];
}

/** A message of the index. */
export interface IndexedMessage {
  /** Its position in the index. */
  readonly index: number;
  readonly message: RecordedMessage;
  readonly label: MessageLabel;
  /** The index of the CALL that it answers, else its own. */
  readonly exchange: number;
  readonly ids: NamedIds;
}

/** The messages of a recording, in the order in which they were completed. */
export type RecordingIndex = readonly IndexedMessage[];

/** A key that is equal for equal values, written as a number or as a text. */
export function valueKey(written: string): string {
  return canonicalNumber(written);
}

/** The value of a JSON scalar as text, without quotes. */
export function leafText({ source }: Leaf): string {
  return source.startsWith('"') ? unquote(source) : source;
}

const endsWith = (path: JsonPath, ...names: PayloadPath): boolean =>
  names.every((name, i) => path[path.length - names.length + i] === name);

/** Longer messages, in characters, are not parsed and name nothing. */
const longestRead = 1024 * 1024;

type IdKind = keyof NamedIds | "evses";

/** The ids, by the last members of their paths. */
const paths: readonly (readonly [kind: IdKind, ...names: PayloadPath])[] = [
  ["transactions", "transactionId"],
  ...evsePaths.map((path) => ["evses", ...path] as const),
  ["connectors", "connectorId"],
  ...idTagPaths.map((path) => ["tags", ...path] as const),
  ["reservations", "reservationId"],
  ["remoteStarts", "remoteStartId"],
];

/** The ids in the text of a message. */
export function idsIn(text: string): NamedIds {
  const found: Record<IdKind, string[]> = {
    transactions: [],
    connectors: [],
    evses: [],
    tags: [],
    reservations: [],
    remoteStarts: [],
  };
  for (const leaf of text.length > longestRead ? [] : leavesOf(text)) {
    const path = paths.find(([, ...names]) => endsWith(leaf.path, ...names));
    if (path === undefined || leaf.source === "null") continue;
    const [kind] = path;
    const value = leafText(leaf);
    found[kind].push(kind === "tags" ? value.toLowerCase() : valueKey(value));
  }
  const { evses, ...ids } = found;
  return { ...ids, connectors: evses.length > 0 ? evses : found.connectors };
}

/** Indexes the messages of a recording. */
export function indexRecording(entries: readonly Entry[], inflate?: Inflate): RecordingIndex {
  const messages = messagesOf(entries, inflate);
  return labelsOf(messages).map((label, index) => {
    const message = messages[index] as RecordedMessage;
    return { index, message, label, exchange: label.callIndex ?? index, ids: idsIn(message.text ?? "") };
  });
}

/** Whether a message is a CALL or a SEND. */
export function isRequest({ label }: IndexedMessage): boolean {
  return label.type === "CALL" || label.type === "SEND";
}

/** Whether two lists have a value in common. */
export function overlaps(some: readonly string[], others: Iterable<string>): boolean {
  for (const other of others) if (some.includes(other)) return true;
  return false;
}
