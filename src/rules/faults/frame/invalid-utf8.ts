// invalid-utf8: makes the text of a message invalid UTF-8 at one random place; frames and JSON structure stay. Leaves binary
// and compressed messages alone, whose bytes need not be UTF-8.

import { concat } from "../../../base/bytes.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { withBytes } from "../edit/break-text.js";
import { isCompressed, reframe, wholePayload } from "../edit/frames.js";
import { rewrite } from "../edit/rewrite.js";

/** Ways in which bytes are not UTF-8 (RFC 3629 section 3). */
export type Utf8Flaw = "octet" | "overlong" | "surrogate" | "cut-off";

const flaws: readonly Utf8Flaw[] = ["octet", "overlong", "surrogate", "cut-off"];

/** Makes the text of a message invalid UTF-8. */
export const invalidUtf8: Fault = defineFault({
  name: "invalid-utf8",
  layer: "frame",
  risksBilling: true,
  summary:
    "Puts bytes into a text message that are not valid UTF-8, at a random place: FF, an overlong form, a surrogate, or a character that is cut off at the end.",
  breaks: "RFC 6455 section 8.1: the payload of a text message is UTF-8",
  goodPeer:
    "Closes the connection with code 1007. The charger connects again and repeats its transaction messages.",
  example: "invalid-utf8: { form: overlong }",
  settings: { form: word("how the bytes are invalid; `any` chooses at random", ["any", ...flaws], "any") },
  short: "form",
  sweep: { mustClose: true },
  apply: ({ form }, input) => {
    const place = input.draw();
    const flaw = form === "any" ? (flaws[Math.floor(input.draw("form") * flaws.length)] ?? "octet") : form;
    return reframe(input, `spoilt ${flaw}`, place, (data) => {
      if (data.first.opcode !== opcodes.text) return { cannot: "the message is no text" };
      if (isCompressed(data)) return { cannot: "the message is compressed" };
      const message = concat(data.frames.map(({ raw }) => raw));
      return [rewrite(message, () => spoil(wholePayload(data), flaw, place))];
    });
  },
  explain: ({ form }, { words }) => `puts invalid UTF-8${form === "any" ? "" : ` (${form})`} into ${words}`,
});

const spoil = (payload: Uint8Array, flaw: Utf8Flaw, place: number): Uint8Array => {
  switch (flaw) {
    case "octet":
      return withBytes(payload, place, Uint8Array.of(0xff));
    case "overlong":
      return withBytes(payload, place, Uint8Array.of(0xc0, 0xaf));
    case "surrogate":
      return withBytes(payload, place, Uint8Array.of(0xed, 0xa0, 0x80));
    case "cut-off":
      return concat([payload, Uint8Array.of(0xe2, 0x82)]);
  }
};
