// The part of a message's text that its type, id and action do not tell already: for whoever shows messages.
// Cheap, and total: what is no OCPP-J message is shown whole.

import { peek } from "../../ocpp/envelope/peek.js";
import { stringEnd } from "../../ocpp/json/string.js";

const comma = /[ \t\r\n]*,[ \t\r\n]*/y;

const afterComma = (text: string, at: number): number => {
  comma.lastIndex = at;
  return comma.test(text) ? comma.lastIndex : at;
};

/** The payload of a CALL, SEND or CALLRESULT; the code, description and details of an error. */
export function payloadText(text: string): string {
  const found = peek(text);
  if (found === undefined) return text;
  let at = stringEnd(text, text.indexOf('"'));
  if (found.action !== undefined) at = stringEnd(text, text.indexOf('"', at));
  if (at < 0) return text;
  const end = text.trimEnd();
  return end.slice(afterComma(text, at), end.endsWith("]") ? -1 : undefined).trim();
}

/** A payload as a text to compare it by; total, for a peer may nest deeper than any stack. */
export function payloadKey(payload: unknown): string {
  try {
    return JSON.stringify(payload) ?? "";
  } catch {
    return "nested too deep";
  }
}
