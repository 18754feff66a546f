// The label of each message of a recording: its type and its action. The action of an answer is that of its CALL on
// the same connection.

import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { namesAction } from "../../ocpp/envelope/message-type.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import { peek } from "../../ocpp/envelope/peek.js";
import type { RecordedMessage } from "./messages.js";

/** CALLs of one direction of a connection that may wait for their answers; older ones are forgotten. */
const mostOpen = 10_000;

/** The type, id and action of a message. `unreadable`: no OCPP-J message; `control`: a WebSocket control frame. */
export interface MessageLabel {
  readonly type: MessageType | "unreadable" | "control";
  readonly id: string | undefined;
  /** Of an answer: the action of its CALL; undefined if the CALL is unknown. */
  readonly action: string | undefined;
  /** Of an answer: the index of its CALL among the messages; undefined if there is none. */
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
  const peeked = message.text === undefined ? undefined : peek(message.text);
  if (peeked === undefined) return nameless("unreadable");
  const { type, id, action } = peeked;
  if (!namesAction(type)) {
    const call = pairer.answer(message.direction, id);
    return { type, id, action: call?.action, callIndex: call?.tag };
  }
  if (type === "CALL") pairer.call(message.direction, id, action ?? "", index);
  return { type, id, action, callIndex: undefined };
};

/** The label of each message, in the order of the messages. */
export function labelsOf(messages: readonly RecordedMessage[]): readonly MessageLabel[] {
  const pairers = new Map<number, Pairer<number>>();
  return messages.map((message, index) => {
    const pairer = pairers.get(message.connection) ?? createPairer<number>(mostOpen);
    pairers.set(message.connection, pairer);
    return label(message, index, pairer);
  });
}
