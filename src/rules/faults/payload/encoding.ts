// encoding: sends the text of the message in another encoding than UTF-8, still in a text frame.

import { fromLatin1 } from "../../../base/bytes.js";
import { splice } from "../../../ocpp/json/spans.js";
import { readJson } from "../../../ocpp/json/tree.js";
import { flag, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editText, type TextChange } from "../edit/edit-message.js";
import { pick, scalarsIn } from "../edit/edit-payload.js";

const forms = ["latin-1", "utf-16le", "utf-16be"] as const;

/** Sends a message in a wrong encoding. */
export const encoding: Fault = defineFault({
  name: "encoding",
  layer: "payload",
  risksBilling: true,
  summary:
    "Sends the text in Latin-1 or UTF-16, still in a text frame. Latin-1 equals UTF-8 for ASCII, so a message with only ASCII gets an é at the end of a random string.",
  breaks: "RFC 6455 section 8.1 (a text frame contains UTF-8); RFC 8259 section 8.1",
  goodPeer: "Closes the connection with 1007, or answers with CALLERROR if it cannot read the message.",
  example: "encoding: { form: latin-1 }",
  settings: {
    form: word("the encoding", forms),
    bom: flag("for UTF-16: start with a byte order mark"),
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
  explain: ({ form }, { words }) => `encodes ${words} in ${form} instead of UTF-8`,
});

const beyondLatin1 = /[\u{100}-\u{10ffff}]/gu;

const withAccent = (text: string, drawn: number): string | undefined => {
  if (/[\u0080-\u00ff]/.test(text)) return text;
  const { root } = readJson(text);
  // Id, action and error code stay readable.
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
