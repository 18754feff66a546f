// What each message of a recording is called: its type and its action, the action of an answer being that of its
// CALL on the same connection. For whoever filters or lists; nothing is judged here.

import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { peek } from "../../ocpp/envelope/peek.js";
import type { RecordedMessage } from "./messages.js";

/** What a message is called. */
export interface MessageLabel {
  readonly type: MessageType | "unreadable" | "control";
  readonly id: string | undefined;
  /** Of an answer, the action of its CALL; undefined where nothing tells it. */
  readonly action: string | undefined;
  /** Of an answer, the index of its CALL among the messages; undefined where it has none. */
  readonly callIndex: number | undefined;
}

const nameless = (type: "unreadable" | "control"): MessageLabel => ({
  type,
  id: undefined,
  action: undefined,
  callIndex: undefined,
});

const label = (message: RecordedMessage, index: number, pairer: Pairer<number>): MessageLabel => {
  if (message.kind === "control") return nameless("control");
  const found = message.text === undefined ? undefined : peek(message.text);
  if (found === undefined) return nameless("unreadable");
  const { type, id, action } = found;
  if (!namesAction(type)) {
    const call = pairer.answer(message.direction, id);
    return { type, id, action: call?.action, callIndex: call?.tag };
  }
  if (type === "CALL") pairer.call(message.direction, id, action ?? "", index);
  return { type, id, action, callIndex: undefined };
};

/** The labels of messages, one each, in their order. */
export function labelsOf(messages: readonly RecordedMessage[]): readonly MessageLabel[] {
  const pairers = new Map<number, Pairer<number>>();
  return messages.map((message, index) => {
    const pairer = pairers.get(message.connection) ?? createPairer<number>(10_000);
    pairers.set(message.connection, pairer);
    return label(message, index, pairer);
  });
}
