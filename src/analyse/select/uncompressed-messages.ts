// Compressed messages as plain frames (RFC 7692). If a message is left out whose window later messages need, those can only
// be kept uncompressed.

import { fromLatin1, latin1, sameBytes } from "../../base/bytes.js";
import type { Entry, FrameEntry, StoredHead } from "../../cassette/format/entry.js";
import { messagePayload } from "../../wire/websocket/assembler.js";
import { encodeFrame, type FrameView, readFrame } from "../../wire/websocket/frame.js";
import { DirectionInflater, deflateTerms, type Inflate } from "../messages/deflate.js";
import type { IndexedMessage, RecordingIndex } from "./recording-index.js";

const isFrame = (entry: Entry | undefined): entry is FrameEntry => entry?.kind === "frame";

const viewsOf = (
  entries: readonly Entry[],
  { message }: Pick<IndexedMessage, "message">,
): readonly FrameView[] =>
  message.frames.flatMap((position) => {
    const entry = entries[position];
    const view = isFrame(entry) ? readFrame(entry.raw) : undefined;
    return view === undefined ? [] : [view];
  });

/** A message as one uncompressed frame; undefined if it could not be inflated. */
export function plainFrame(
  entries: readonly Entry[],
  item: Pick<IndexedMessage, "message">,
): Uint8Array | undefined {
  const first = viewsOf(entries, item)[0];
  const { message } = item;
  if (first === undefined || message.text === undefined || !message.complete) return undefined;
  return encodeFrame({ opcode: first.opcode, payload: message.payload, mask: first.mask });
}

/** A response head without permessage-deflate; the same head if it has none. */
export function withoutDeflate(head: StoredHead): StoredHead {
  const before = latin1(head.raw);
  const after = before.replace(
    /^(sec-websocket-extensions[ \t]*:[ \t]*)(.*?)(\r?\n)/gim,
    (_line, name: string, value: string, end: string) => {
      const kept = value.split(",").filter((one) => !/^\s*permessage-deflate\s*(?:;|$)/i.test(one));
      return kept.length === 0 ? "" : `${name}${kept.join(",").trim()}${end}`;
    },
  );
  return after === before ? head : { ...head, raw: fromLatin1(after) };
}

/** Whether a message can be inflated without the messages before it. */
const standsAlone = (entries: readonly Entry[], item: IndexedMessage, inflate: Inflate): boolean => {
  const alone = new DirectionInflater(inflate, false).message(messagePayload(viewsOf(entries, item)));
  return alone !== undefined && sameBytes(alone, item.message.payload);
};

/** The connections whose compressed messages cannot stay compressed when only some messages are kept. */
export function brokenConnections(
  entries: readonly Entry[],
  indexed: RecordingIndex,
  isKept: (item: IndexedMessage) => boolean,
): ReadonlySet<number> {
  const terms = new Map(
    entries.flatMap((entry) =>
      entry.kind === "connection-opened" ? [[entry.connection, deflateTerms(entry.response)] as const] : [],
    ),
  );
  const broken = new Set<number>();
  for (const item of indexed) {
    const { compression, connection, direction } = item.message;
    if (compression === "none" || isKept(item)) continue;
    if (terms.get(connection)?.takeover[direction] ?? true) broken.add(connection);
  }
  return broken;
}

/** Whether a kept message of a broken connection must be stored uncompressed. */
export function mustBePlain(
  entries: readonly Entry[],
  item: IndexedMessage,
  inflate: Inflate | undefined,
): boolean {
  const { compression } = item.message;
  if (compression === "none") return false;
  // A message compressed without negotiation stays as the charger sent it, if that is possible.
  return compression === "negotiated" || inflate === undefined || !standsAlone(entries, item, inflate);
}
