// A recording as if nobody had agreed to compress (RFC 7692): each compressed message that can be read stands as one
// plain frame where it became whole. A proxy with rules takes the offer out of the upgrade, so this is what its rules
// would have met.

import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import type { Inflate } from "../messages/deflate.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";
import { plainFrame, withoutDeflate } from "./uncompressed-messages.js";

/** The entries of a recording without compression. */
export interface UncompressedRecording {
  readonly entries: readonly Entry[];
  /** Where each of them stood before. */
  readonly positions: readonly number[];
  /** Messages that were inflated, by connection. */
  readonly inflated: ReadonlyMap<number, number>;
  /** Compressed messages that cannot be read, or that were compressed without an agreement, by connection. */
  readonly unread: ReadonlyMap<number, number>;
}

/** Takes the compression out of a recording; one without any stays the same entries. */
export function uncompressedRecording(entries: readonly Entry[], inflate: Inflate): UncompressedRecording {
  const inflated = new Map<number, number>();
  const unread = new Map<number, number>();
  const frames = new Map<number, Uint8Array>();
  const gone = new Set<number>();
  for (const message of messagesOf(entries, inflate)) {
    if (message.compression === "none") continue;
    const plain = message.compression === "negotiated" ? plainFrame(entries, { message }) : undefined;
    const counts = plain === undefined ? unread : inflated;
    counts.set(message.connection, (counts.get(message.connection) ?? 0) + 1);
    if (plain !== undefined) put(message, plain, frames, gone);
  }
  const kept = entries
    .map((entry, position) => ({ entry, position }))
    .filter(({ position }) => !gone.has(position));
  return {
    entries: kept.map(({ entry, position }) => asPlain(entry, frames.get(position))),
    positions: kept.map(({ position }) => position),
    inflated,
    unread,
  };
}

const put = (
  { frames: positions }: RecordedMessage,
  plain: Uint8Array,
  frames: Map<number, Uint8Array>,
  gone: Set<number>,
): void => {
  const last = positions.at(-1);
  if (last === undefined) return;
  frames.set(last, plain);
  for (const position of positions.slice(0, -1)) gone.add(position);
};

const asPlain = (entry: Entry, plain: Uint8Array | undefined): Entry => {
  if (entry.kind === "connection-opened") return withoutOffer(entry);
  return entry.kind === "frame" && plain !== undefined ? { ...entry, raw: plain } : entry;
};

const withoutOffer = (entry: ConnectionOpenedEntry): ConnectionOpenedEntry => {
  const { response } = entry;
  return response === null ? entry : { ...entry, response: withoutDeflate(response) };
};
