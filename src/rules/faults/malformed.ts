// malformed: the message goes out broken, in a frame that is still lawful in everything but its text. Where it
// breaks is drawn; all copies break at the same place.

import { readMap, readWord } from "../value.js";
import { asInvalidJson, asInvalidUtf8, asTruncated } from "./break-text.js";
import type { Fault, FaultInput } from "./fault.js";
import { rewrite } from "./rewrite.js";

/** The ways to break a message. */
export type MalformedKind = "invalid-json" | "truncated" | "invalid-utf8";

/** Which way. */
export interface MalformedSettings {
  readonly kind: MalformedKind;
}

const kinds: readonly MalformedKind[] = ["invalid-json", "truncated", "invalid-utf8"];

/** Breaks the text of the message. */
export const malformed: Fault<MalformedSettings> = {
  final: false,
  read: (value, report) => {
    const said = readMap(value, "malformed", ["kind"], report)?.get("kind");
    if (said === undefined) {
      if (value.kind === "map")
        report(value.where, "missing-key", `malformed must say kind; valid: ${kinds.join(", ")}`);
      return undefined;
    }
    const kind = readWord(said.value, "kind", kinds, report);
    return kind === undefined ? undefined : { kind };
  },
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
};

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
