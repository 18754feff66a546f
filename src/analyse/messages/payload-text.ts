// The payload of a message as text. Never throws: of a text that is not an OCPP-J message it gives the whole text.

import { peek } from "../../ocpp/envelope/peek.js";
import { stringEnd } from "../../ocpp/json/string.js";

const comma = /[ \t\r\n]*,[ \t\r\n]*/y;

const afterComma = (text: string, position: number): number => {
  comma.lastIndex = position;
  return comma.test(text) ? comma.lastIndex : position;
};

/** What follows the type, id and action in a message's text: the payload, or the code, description and details of an error. */
export function payloadText(text: string): string {
  const found = peek(text);
  if (found === undefined) return text;
  let position = stringEnd(text, text.indexOf('"'));
  if (found.action !== undefined) position = stringEnd(text, text.indexOf('"', position));
  if (position < 0) return text;
  const end = text.trimEnd();
  return end.slice(afterComma(text, position), end.endsWith("]") ? -1 : undefined).trim();
}

/** A text that is the same for equal payloads. Never throws: payloads nested too deeply for the stack all give one text. */
export function payloadKey(payload: unknown): string {
  try {
    return JSON.stringify(payload) ?? "";
  } catch {
    return "nested too deep";
  }
}
