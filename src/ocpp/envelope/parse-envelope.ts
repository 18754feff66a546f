// A message's text -> its envelope (OCPP-J 1.6 section 4.2). Total: what is no envelope is `unreadable`, with
// every reason found and with what its beginning still tells. Nothing here says whether a payload is right.

import type { Issue } from "../../base/issue.js";
import { type JsonOutcome, parseJson } from "../json/parse-json.js";
import { messageTypeOf } from "./message-type.js";
import { type Peek, peek } from "./peek.js";

/** An OCPP-J message taken apart. Payloads are as JSON.parse gives them: for looking, never for sending on. */
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

/** A text that is no envelope. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly issues: readonly Issue[];
  /** What the beginning of the text says, where it says anything. */
  readonly peek: Peek | undefined;
}

const unreadable = (message: string, code: string, why: string): Unreadable => ({
  kind: "unreadable",
  issues: [{ code, message: why, by: "us" }],
  peek: peek(message),
});

/** A value as an issue names it; never its members, which may nest deeper than any stack. */
const shown = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "object" && value !== null ? "(no number)" : String(value);
};

/** A text of an error message; "" where something without a spelling of its own stands in its place. */
const word = (value: unknown): string =>
  typeof value === "object" || value === undefined ? "" : String(value);

/** Parses a message; a byte order mark in front is skipped. */
export function parseEnvelope(message: string): Envelope {
  return envelopeOf(message, parseJson(message));
}

/** The payload of a text; undefined where there is no text, for an error, and for what is no envelope. */
export function payloadIn(text: string | undefined): unknown {
  const envelope = text === undefined ? undefined : parseEnvelope(text);
  return envelope !== undefined && "payload" in envelope ? envelope.payload : undefined;
}

/** The envelope of a message whose JSON has been read. */
export function envelopeOf(message: string, outcome: JsonOutcome): Envelope {
  if ("error" in outcome) return unreadable(message, "not-json", `not JSON: ${outcome.error}`);
  const { value } = outcome;
  if (!Array.isArray(value)) return unreadable(message, "not-an-array", "the message is no JSON array");
  const [number, id, third, fourth, fifth] = value as unknown[];
  const type = typeof number === "number" ? messageTypeOf(number) : undefined;
  if (type === undefined)
    return unreadable(message, "message-type", `the message type ${shown(number)} is none of 2 to 6`);
  if (typeof id !== "string") return unreadable(message, "message-id", "the message id is no text");
  switch (type) {
    case "CALL":
    case "SEND":
      if (typeof third !== "string") return unreadable(message, "action", "the action is no text");
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
