// The messages of a recording, each parsed once and placed at the entry that completes it: a plan has one step for a
// message, however many frames the charger made of it.

import type { RecordedMessage } from "../../analyse/messages/messages.js";
import type { Entry } from "../../cassette/format/entry.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { readFrame } from "../../wire/websocket/frame.js";
import type { FramedText } from "./outgoing.js";
import type { EditCall } from "./values/mapped-values.js";

/** A message of a recording as a plan takes it: edited for the target, and parsed. */
export interface PlanMessage extends FramedText {
  /** Undefined where the message is no text. */
  readonly envelope: Envelope | undefined;
}

/** The messages of a recording by the position of the entry that completes each; its other frames are parts of it. */
export type PlanMessages = ReadonlyMap<number, PlanMessage | "part">;

/** Places and parses the messages; `edit` changes CALLs to what the target of the replay wants. */
export function messagesAt(
  entries: readonly Entry[],
  messages: readonly RecordedMessage[],
  edit?: EditCall,
): PlanMessages {
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
    if (last !== undefined) found.set(last, parsed({ text, frames, inflated }, message, edit));
  }
  return found;
}

/** An edited message is sent as one new frame, like one that was inflated. */
const parsed = (
  message: FramedText,
  { direction }: RecordedMessage,
  edit: EditCall | undefined,
): PlanMessage => {
  if (message.text === undefined) return { ...message, envelope: undefined };
  const envelope = parseEnvelope(message.text);
  if (edit === undefined || (envelope.kind !== "call" && envelope.kind !== "send"))
    return { ...message, envelope };
  const text = edit(message.text, direction, envelope.action);
  return text === message.text
    ? { ...message, envelope }
    : { ...message, text, inflated: true, envelope: parseEnvelope(text) };
};
