// malformed: the message goes out broken, in a frame that is still lawful in everything but its text. Where it
// breaks is drawn; all copies break at the same place.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault, type FaultInput } from "../../contract/fault.js";
import { asInvalidJson, asInvalidUtf8, asTruncated } from "../edit/break-text.js";
import { rewrite } from "../edit/rewrite.js";

/** The ways to break a message. */
export type MalformedKind = "invalid-json" | "truncated" | "invalid-utf8";

const kinds: readonly MalformedKind[] = ["invalid-json", "truncated", "invalid-utf8"];

/** Breaks the text of the message. */
export const malformed: Fault = defineFault({
  name: "malformed",
  layer: "payload",
  risksBilling: true,
  summary: "The message's text is broken at a drawn place, in a frame that is lawful in everything else.",
  breaks: "OCPP-J: a message is a JSON array in UTF-8 (RFC 8259; RFC 6455 section 8.1)",
  goodPeer:
    "Answers a broken CALL with CALLERROR where its id can be read, closes on broken UTF-8 (1007), goes on.",
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
  explain: ({ kind }) => explanations[kind],
});

const breakers: Readonly<
  Record<MalformedKind, (payload: Uint8Array, place: number, input: FaultInput) => Uint8Array>
> = {
  "invalid-json": asInvalidJson,
  truncated: asTruncated,
  "invalid-utf8": (payload, place, { draw }) => asInvalidUtf8(payload, place, draw("octets")),
};

const explanations: Readonly<Record<MalformedKind, string>> = {
  "invalid-json": "broken so that it is no JSON",
  truncated: "cut off in the middle",
  "invalid-utf8": "broken so that it is no UTF-8",
};
