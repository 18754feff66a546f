// The messages of a recording as exchanges, for comparing two dialogues: each CALL with its answer and the latency, and
// the messages that belong to no CALL.

import type { Direction } from "../../base/direction.js";
import type { Entry } from "../../cassette/format/entry.js";
import { type Envelope, parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import type { Inflate } from "../messages/deflate.js";
import { labelsOf, type MessageLabel } from "../messages/labels.js";
import { messagesOf, type RecordedMessage } from "../messages/messages.js";
import { latencyMs } from "./slowdown.js";

/** The type of an exchange's first message: a SEND has no answer, an orphan answer has no CALL. */
export type ExchangeType = MessageLabel["type"];

/** A CALL and its answer as texts, or a message that belongs to no pair. */
export interface DialogueExchange {
  /** Which connection of the recording, counted from 1. */
  readonly connection: number;
  /** The direction of its first message. */
  readonly direction: Direction;
  readonly type: ExchangeType;
  readonly action: string | null;
  readonly id: string | null;
  /** Nanoseconds since the session's start; null if unknown. */
  readonly atNs: number | null;
  /** The text of the first message; undefined if it is not text. */
  readonly call: string | undefined;
  readonly answer: string | undefined;
  /** Milliseconds from the CALL to its answer; null if unknown. */
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

/** The exchanges of a recording, in the order of their first messages. */
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

/** The kind of message that a text is; undefined without a text. */
export function envelopeKindOf(text: string | undefined): Envelope["kind"] | undefined {
  return text === undefined ? undefined : parseEnvelope(text).kind;
}
