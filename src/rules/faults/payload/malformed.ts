// malformed: breaks the text of the message in a frame that is otherwise valid, at a random place. All copies break at the same
// place.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault, type FaultInput } from "../../contract/fault.js";
import { asInvalidJson, asInvalidUtf8, asTruncated } from "../edit/break-text.js";
import { rewrite } from "../edit/rewrite.js";

/** The ways to break a message. */
export type MalformedKind = "invalid-json" | "truncated" | "invalid-utf8";

const kinds: readonly MalformedKind[] = ["invalid-json", "truncated", "invalid-utf8"];

/** Breaks the text of a message: JSON, length or UTF-8. */
export const malformed: Fault = defineFault({
  name: "malformed",
  layer: "payload",
  risksBilling: true,
  summary:
    "Breaks the text of the message at a random place, for example by cutting off its end. The frame stays valid otherwise.",
  breaks: "OCPP-J: a message is a JSON array in UTF-8 (RFC 8259; RFC 6455 section 8.1)",
  goodPeer:
    "Answers a broken CALL with CALLERROR if its id can be read, closes the connection on invalid UTF-8 (1007), and continues.",
  example: "malformed: { kind: invalid-json }",
  settings: { kind: word("how it is broken", kinds) },
  apply: ({ kind }, input) => {
    const place = input.draw();
    const breakIt = breakers[kind];
    const done = new Map<Uint8Array, Uint8Array>();
    const copies = input.copies.map((copy) => {
      const broken = done.get(copy) ?? rewrite(copy, (payload) => breakIt(payload, place, input));
      done.set(copy, broken);
      return broken;
    });
    return { outcome: `malformed ${kind}`, copies, draw: place };
  },
  explain: ({ kind }, { words }) => explanations[kind](words),
});

const breakers: Readonly<
  Record<MalformedKind, (payload: Uint8Array, place: number, input: FaultInput) => Uint8Array>
> = {
  "invalid-json": asInvalidJson,
  truncated: asTruncated,
  "invalid-utf8": (payload, place, { draw }) => asInvalidUtf8(payload, place, draw("octets")),
};

const explanations: Readonly<Record<MalformedKind, (words: string) => string>> = {
  "invalid-json": (words) => `makes ${words} invalid JSON`,
  truncated: (words) => `truncates the text of ${words}`,
  "invalid-utf8": (words) => `puts invalid UTF-8 into ${words}`,
};
