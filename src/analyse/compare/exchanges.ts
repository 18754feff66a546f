// The messages of a recording as exchanges: each CALL with its answer and how long that took, and what belongs to none.
// For whoever lays two dialogues side by side. Connections are told by their place among the recording's connections.

import type { Direction } from "../../base/direction.js";
import type { Entry } from "../../cassette/format/entry.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import type { Inflate } from "../messages/deflate.js";
import { labelsOf, type MessageLabel } from "../messages/labels.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";
import { latencyMs } from "./slowdown.js";

/** What an exchange begins with: SEND has no answer, an orphan answer no CALL. */
export type ExchangeType = MessageLabel["type"];

/** A CALL and its answer, or a message that is no part of a pair. */
export interface DialogueExchange {
  /** Which connection of the recording, from 1. */
  readonly connection: number;
  /** The direction of its first message. */
  readonly direction: Direction;
  readonly type: ExchangeType;
  readonly action: string | null;
  readonly id: string | null;
  /** In nanoseconds since the start; null where it is not known. */
  readonly atNs: number | null;
  /** The first message; undefined where it is no text. */
  readonly call: string | undefined;
  readonly answer: string | undefined;
  readonly latencyMs: number | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const opened = (
  message: RecordedMessage,
  label: MessageLabel,
  connection: number,
): Mutable<DialogueExchange> => ({
  connection,
  direction: message.direction,
  type: label.type,
  action: label.action ?? null,
  id: label.id ?? null,
  atNs: message.rx,
  call: message.text,
  answer: undefined,
  latencyMs: null,
});

/** The exchanges of a recording, in the order in which they began. */
export function exchangesOf(entries: readonly Entry[], inflate?: Inflate): readonly DialogueExchange[] {
  const messages = messagesOf(entries, inflate);
  const labels = labelsOf(messages);
  const ordinals = new Map<number, number>();
  const byMessage = new Map<number, Mutable<DialogueExchange>>();
  const exchanges: Mutable<DialogueExchange>[] = [];
  for (const [i, message] of messages.entries()) {
    const label = labels[i];
    const ordinal = ordinals.get(message.connection) ?? ordinals.size + 1;
    ordinals.set(message.connection, ordinal);
    if (label === undefined || label.type === "control") continue;
    const call = label.callIndex === undefined ? undefined : byMessage.get(label.callIndex);
    if (call === undefined || call.answer !== undefined) {
      const exchange = opened(message, label, ordinal);
      exchanges.push(exchange);
      byMessage.set(i, exchange);
      continue;
    }
    call.answer = message.text;
    call.latencyMs = latencyMs(call.atNs, message.rx);
  }
  return exchanges;
}

/** What kind of message a text is; undefined where there is none. */
export function envelopeKindOf(text: string | undefined): Envelope["kind"] | undefined {
  return text === undefined ? undefined : parseEnvelope(text).kind;
}
