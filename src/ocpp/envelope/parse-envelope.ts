// Parses the text of a message into its envelope (OCPP-J 1.6 section 4.2). Never throws: a text that is not an envelope is
// `unreadable`, with the reason and with the facts that its beginning shows. Payloads are not validated here.

import type { Issue } from "../../base/issue.js";
import { type JsonOutcome, parseJson } from "../json/parse-json.js";
import { messageTypeOf } from "./message-type.js";
import { type Peek, peek } from "./peek.js";

/** A parsed OCPP-J message. Payloads are as JSON.parse gives them: to read them, not to forward them. */
export type Envelope =
  | { readonly kind: "call"; readonly id: string; readonly action: string; readonly payload: unknown }
  | { readonly kind: "call-result"; readonly id: string; readonly payload: unknown }
  | {
      readonly kind: "call-error";
      readonly id: string;
      readonly code: string;
      readonly description: string;
      readonly details: unknown;
    }
  | {
      readonly kind: "call-result-error";
      readonly id: string;
      readonly code: string;
      readonly description: string;
      readonly details: unknown;
    }
  | { readonly kind: "send"; readonly id: string; readonly action: string; readonly payload: unknown }
  | Unreadable;

/** A text that is not an envelope. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly issues: readonly Issue[];
  /** The facts that the beginning of the text shows; undefined if it shows none. */
  readonly peek: Peek | undefined;
}

const unreadable = (message: string, code: string, why: string): Unreadable => ({
  kind: "unreadable",
  issues: [{ code, message: why, by: "us" }],
  peek: peek(message),
});

/** A value as an issue shows it; never its members, because they may be nested too deep for the stack. */
const shown = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "object" && value !== null ? "(no number)" : String(value);
};

/** A code or description of a CALLERROR as a text; "" if it is an object, a list or missing. */
const word = (value: unknown): string =>
  typeof value === "object" || value === undefined ? "" : String(value);

/** Parses a message; a byte order mark in front is skipped. */
export function parseEnvelope(message: string): Envelope {
  return envelopeOf(message, parseJson(message));
}

/** The payload of a text; undefined for an error, for a text that is not an envelope, and without a text. */
export function payloadIn(text: string | undefined): unknown {
  const envelope = text === undefined ? undefined : parseEnvelope(text);
  return envelope !== undefined && "payload" in envelope ? envelope.payload : undefined;
}

/** The envelope of a message whose JSON has been read. */
export function envelopeOf(message: string, outcome: JsonOutcome): Envelope {
  if ("error" in outcome) return unreadable(message, "not-json", `not JSON: ${outcome.error}`);
  const { value } = outcome;
  if (!Array.isArray(value)) return unreadable(message, "not-an-array", "the message is not a JSON array");
  const [number, id, third, fourth, fifth] = value as unknown[];
  const type = typeof number === "number" ? messageTypeOf(number) : undefined;
  if (type === undefined)
    return unreadable(
      message,
      "message-type",
      `the message type ${shown(number)} is not a number from 2 to 6`,
    );
  if (typeof id !== "string") return unreadable(message, "message-id", "the message id is not a text");
  switch (type) {
    case "CALL":
    case "SEND":
      if (typeof third !== "string") return unreadable(message, "action", "the action is not a text");
      return { kind: type === "CALL" ? "call" : "send", id, action: third, payload: fourth };
    case "CALLRESULT":
      return { kind: "call-result", id, payload: third };
    case "CALLERROR":
    case "CALLRESULTERROR":
      return {
        kind: type === "CALLERROR" ? "call-error" : "call-result-error",
        id,
        code: word(third),
        description: word(fourth),
        details: fifth,
      };
  }
}
