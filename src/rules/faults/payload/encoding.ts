// encoding: the text of the message goes out in another encoding than UTF-8, in a text frame all the same.

import { fromLatin1 } from "../../../base/bytes.js";
import { splice } from "../../../ocpp/json/spans.js";
import { readJson } from "../../../ocpp/json/tree.js";
import { flag, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editText, type TextChange } from "../edit/edit-message.js";
import { pick, scalarsIn } from "../edit/edit-payload.js";

const forms = ["latin-1", "utf-16le", "utf-16be"] as const;

/** Encodes the text wrong. */
export const encoding: Fault = defineFault({
  name: "encoding",
  layer: "payload",
  risksBilling: true,
  summary:
    "The text goes out in Latin-1 or UTF-16, in a text frame all the same. Where it has no character beyond ASCII, which Latin-1 needs to differ, a drawn text gets an é at its end.",
  breaks: "RFC 6455 section 8.1 (a text frame holds UTF-8); RFC 8259 section 8.1",
  goodPeer: "Closes with 1007, or answers what it cannot read with CALLERROR.",
  example: "encoding: { form: latin-1 }",
  settings: {
    form: word("which encoding", forms),
    bom: flag("of UTF-16: with a byte order mark"),
  },
  short: "form",
  sweep: { then: "encoding: { form: utf-16le }" },
  apply: ({ form, bom }, { copies, draw }) => {
    const drawn = form === "latin-1" ? draw() : null;
    const changed = editText(copies, (text): TextChange => {
      const outcome = `encoded ${form}`;
      if (form !== "latin-1")
        return { bytes: utf16(bom ? `\uFEFF${text}` : text, form === "utf-16le"), outcome };
      const accented = withAccent(text, drawn ?? 0);
      if (accented === undefined) return "there is no text to put an é into";
      return { bytes: fromLatin1(accented.replace(beyondLatin1, "?")), outcome };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
  },
  explain: ({ form }) => `sent in ${form} and not in UTF-8`,
});

const beyondLatin1 = /[\u{100}-\u{10ffff}]/gu;

const withAccent = (text: string, drawn: number): string | undefined => {
  if (/[\u0080-\u00ff]/.test(text)) return text;
  const { root } = readJson(text);
  // Neither the id nor the action nor an error code: what names the message stays readable.
  const items = root?.items?.slice(root.items[0]?.value === 3 ? 2 : 3) ?? [];
  const found = pick(
    items.flatMap(scalarsIn).filter(({ node }) => typeof node.value === "string"),
    drawn,
  );
  return found === undefined
    ? undefined
    : splice(text, [{ offset: found.node.end - 1, length: 0, put: "é" }]);
};

const utf16 = (text: string, isLittle: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle);
  return bytes;
};
