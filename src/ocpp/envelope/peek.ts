// Reads type, id and action from the first characters of a message without parsing its payload: fast enough for the
// forwarding path, and it works even if the payload is broken JSON. Never throws.

import { stringEnd, unquote } from "../json/string.js";
import { type MessageType, messageTypeOf, namesAction } from "./message-type.js";

/** The facts at the beginning of a message. */
export interface Peek {
  readonly type: MessageType;
  readonly id: string;
  /** Of a CALL or SEND; undefined for answers, and if it is missing. */
  readonly action: string | undefined;
}

const opening = /^\uFEFF?[ \t\r\n]*\[[ \t\r\n]*([0-9][0-9.eE+-]*)[ \t\r\n]*,[ \t\r\n]*(?=")/;
const nextText = /[ \t\r\n]*,[ \t\r\n]*(?=")/y;

/** Reads the beginning of a message; undefined if it is not an OCPP-J message with a text as its id. */
export function peek(message: string): Peek | undefined {
  const found = opening.exec(message);
  const type = found === null ? undefined : messageTypeOf(Number(found[1]));
  if (found === null || type === undefined) return undefined;
  const idAt = found[0].length;
  const idEnd = stringEnd(message, idAt);
  if (idEnd < 0) return undefined;
  const id = unquote(message.slice(idAt, idEnd));
  return { type, id, action: namesAction(type) ? actionAt(message, idEnd) : undefined };
}

const actionAt = (message: string, idEnd: number): string | undefined => {
  nextText.lastIndex = idEnd;
  if (!nextText.test(message)) return undefined;
  const at = nextText.lastIndex;
  const end = stringEnd(message, at);
  return end < 0 ? undefined : unquote(message.slice(at, end));
};
