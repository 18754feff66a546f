// A recording without compression (RFC 7692): each compressed message that can be read becomes one plain frame at the
// position of its last frame. A proxy with rules removes the offer of compression from the upgrade, so these are the
// frames that its rules would have received.

import type { ConnectionOpenedEntry, Entry } from "../../cassette/format/entry.js";
import type { Inflate } from "../messages/deflate.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";
import { plainFrame, withoutDeflate } from "./uncompressed-messages.js";

/** A recording without compression. */
export interface UncompressedRecording {
  readonly entries: readonly Entry[];
  /** The position of each entry in the original recording. */
  readonly positions: readonly number[];
  /** By connection: the number of inflated messages. */
  readonly inflated: ReadonlyMap<number, number>;
  /** By connection: the number of messages that stay compressed, because they cannot be read or were compressed without negotiation. */
  readonly unread: ReadonlyMap<number, number>;
}

/** Removes the compression from a recording. */
export function uncompressedRecording(entries: readonly Entry[], inflate: Inflate): UncompressedRecording {
  const inflated = new Map<number, number>();
  const unread = new Map<number, number>();
  const frames = new Map<number, Uint8Array>();
  const dropped = new Set<number>();
  for (const message of messagesOf(entries, inflate)) {
    if (message.compression === "none") continue;
    const plain = message.compression === "negotiated" ? plainFrame(entries, { message }) : undefined;
    const counts = plain === undefined ? unread : inflated;
    counts.set(message.connection, (counts.get(message.connection) ?? 0) + 1);
    if (plain !== undefined) replaceFrames(message, plain, frames, dropped);
  }
  const kept = entries
    .map((entry, position) => ({ entry, position }))
    .filter(({ position }) => !dropped.has(position));
  return {
    entries: kept.map(({ entry, position }) => plainEntry(entry, frames.get(position))),
    positions: kept.map(({ position }) => position),
    inflated,
    unread,
  };
}

const replaceFrames = (
  { frames: positions }: RecordedMessage,
  plain: Uint8Array,
  frames: Map<number, Uint8Array>,
  dropped: Set<number>,
): void => {
  const last = positions.at(-1);
  if (last === undefined) return;
  frames.set(last, plain);
  for (const position of positions.slice(0, -1)) dropped.add(position);
};

const plainEntry = (entry: Entry, plain: Uint8Array | undefined): Entry => {
  if (entry.kind === "connection-opened") return withoutOffer(entry);
  return entry.kind === "frame" && plain !== undefined ? { ...entry, raw: plain } : entry;
};

const withoutOffer = (entry: ConnectionOpenedEntry): ConnectionOpenedEntry => {
  const { response } = entry;
  return response === null ? entry : { ...entry, response: withoutDeflate(response) };
};
