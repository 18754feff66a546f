// Where the messages of a recording stand among its entries: a plan has one step for a message, however many frames the
// charger made of it.

import type { RecordedMessage } from "../../analyse/messages/messages.js";
import type { Entry } from "../../cassette/format/entry.js";
import { readFrame } from "../../wire/websocket/frame.js";
import type { PlanMessage } from "./outgoing.js";

/** The messages of a recording, each at the entry that completed it; its other frames are parts of it. */
export function messagesAt(
  entries: readonly Entry[],
  messages: readonly RecordedMessage[],
): ReadonlyMap<number, PlanMessage | "part"> {
  const found = new Map<number, PlanMessage | "part">();
  for (const message of messages) {
    if (message.kind === "control") continue;
    const frames = message.frames.flatMap((position) => {
      const entry = entries[position];
      const frame = entry?.kind === "frame" ? readFrame(entry.raw) : undefined;
      return frame === undefined ? [] : [frame];
    });
    for (const position of message.frames) found.set(position, "part");
    const inflated = message.compression === "negotiated" && message.text !== undefined;
    const text = message.complete ? message.text : undefined;
    const last = message.frames.at(-1);
    if (last !== undefined) found.set(last, { text, frames, inflated });
  }
  return found;
}
