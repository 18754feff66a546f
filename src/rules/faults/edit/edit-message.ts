// Changes the text of a message by splicing, so that every other byte stays the same. A message that is not text, not a
// JSON array or compressed is not changed, and the outcome says why.

import { exactText, utf8 } from "../../../base/bytes.js";
import { type Edit, splice } from "../../../ocpp/json/spans.js";
import { type JsonNode, readJson } from "../../../ocpp/json/tree.js";
import { readHeader } from "../../../wire/websocket/frame.js";
import { rewrite } from "./rewrite.js";

/** The parts of a message and their positions in its text. */
export interface MessageText {
  readonly text: string;
  /** The items of the outer array. */
  readonly items: readonly JsonNode[];
  readonly end: number;
  /** The message type number; undefined if there is none. */
  readonly type: number | undefined;
  readonly id: JsonNode | undefined;
  /** Only for CALL and SEND. */
  readonly action: JsonNode | undefined;
  /** Only for CALL, SEND and CALLRESULT. */
  readonly payload: JsonNode | undefined;
}

/** The change of a text and the outcome; or only a string: why it cannot be changed. */
export type TextChange =
  | { readonly edits: readonly Edit[]; readonly outcome: string }
  | { readonly bytes: Uint8Array; readonly outcome: string }
  | string;

/** The copies after a change, and the outcome. */
export interface ChangedCopies {
  readonly copies: readonly Uint8Array[];
  readonly outcome: string;
  readonly isApplied: boolean;
}

/** The outcome of a fault that cannot act here. */
export function notApplied(why: string): string {
  return `not applied: ${why}`;
}

/** Changes the text of every copy. Equal copies get the same change. */
export function editText(copies: readonly Uint8Array[], change: (text: string) => TextChange): ChangedCopies {
  const done = new Map<Uint8Array, Uint8Array | undefined>();
  let outcome: string | undefined;
  let why = copies.length === 0 ? "nothing goes out" : "";
  const changed = copies.map((copy) => {
    if (done.has(copy)) return done.get(copy) ?? copy;
    const made = changeOne(copy, change);
    if (typeof made === "string") why = made;
    else outcome ??= made.outcome;
    const bytes = typeof made === "string" ? undefined : made.bytes;
    done.set(copy, bytes);
    return bytes ?? copy;
  });
  if (outcome === undefined) return { copies, outcome: notApplied(why), isApplied: false };
  return { copies: changed, outcome, isApplied: true };
}

type Made = { readonly bytes: Uint8Array; readonly outcome: string } | string;

const changeOne = (copy: Uint8Array, change: (text: string) => TextChange): Made => {
  const header = readHeader(copy, 0);
  if (header === undefined) return "there is no frame";
  if (header.rsv !== 0) return "the message is compressed";
  let said: TextChange = "there is no frame";
  const bytes = rewrite(copy, (payload) => {
    const text = exactText(payload);
    said = text === undefined ? "the message is no UTF-8" : change(text);
    if (text === undefined || typeof said === "string") return payload;
    return "bytes" in said ? said.bytes : utf8(splice(text, said.edits));
  });
  const made = said as TextChange;
  return typeof made === "string" ? made : { bytes, outcome: made.outcome };
};

/** Changes every copy that is an OCPP-J message. */
export function editMessage(
  copies: readonly Uint8Array[],
  change: (message: MessageText) => TextChange,
): ChangedCopies {
  return editText(copies, (text) => {
    const message = readMessage(text);
    return typeof message === "string" ? message : change(message);
  });
}

/** Reads the text of a message; a string says why it cannot be read. */
export function readMessage(text: string): MessageText | string {
  const { root, isWhole } = readJson(text);
  if (root?.items === undefined || !isWhole) return "the message is no JSON array";
  const { items, end } = root;
  const type = typeof items[0]?.value === "number" ? items[0].value : undefined;
  const isCall = type === 2 || type === 6;
  const payload = isCall ? items[3] : type === 3 ? items[2] : undefined;
  return { text, items, end, type, id: items[1], action: isCall ? items[2] : undefined, payload };
}
