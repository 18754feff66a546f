// json-syntax: the text of the message is no JSON any more, in the ways in which real chargers get it wrong.

import { memberAddition } from "../../../ocpp/json/edits.js";
import { readJson } from "../../../ocpp/json/tree.js";
import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editText, type TextChange } from "../edit/edit-message.js";
import { valuesIn } from "../edit/edit-payload.js";

const forms = [
  "leading-comma",
  "missing-brackets",
  "trailing-garbage",
  "bom",
  "nul",
  "duplicate-keys",
] as const;

/** What is wrong with the text. */
export interface JsonSyntaxSettings {
  readonly form: (typeof forms)[number];
  /** Of missing-brackets: how many. */
  readonly count: number;
}

/** Breaks the syntax. */
export const jsonSyntax: Fault = defineFault({
  name: "json-syntax",
  layer: "payload",
  risksBilling: true,
  summary:
    "The text gets a comma behind its first bracket, loses its last brackets, has something behind its end, begins with a byte order mark, ends with NUL, or says a name twice.",
  breaks: "RFC 8259 (sections 2, 4 and 8.1)",
  goodPeer:
    "Answers with CALLERROR FormationViolation (1.6) or RpcFrameworkError (2.x) and the id where it can be read, or mends what has one meaning only; goes on.",
  example: "json-syntax: { form: missing-brackets, count: 2 }",
  settings: {
    form: word("what is wrong", forms),
    count: integer("of missing-brackets: how many are missing", { min: 1, max: 100 }, 1),
  },
  short: "form",
  apply: ({ form, count }, { copies }) => {
    const changed = editText(copies, (text) => change(text, form, count));
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ form }) => explanations[form],
});

const change = (text: string, form: JsonSyntaxSettings["form"], count: number): TextChange => {
  const outcome = `broken ${form}`;
  const at = (offset: number, put: string): TextChange => ({ edits: [{ offset, length: 0, put }], outcome });
  switch (form) {
    case "leading-comma":
      return text.includes("[") ? at(text.indexOf("[") + 1, ",") : "there is no bracket";
    case "missing-brackets":
      return withoutBrackets(text, count, outcome);
    case "trailing-garbage":
      return at(text.length, ']}garbage"');
    case "bom":
      return at(0, "\uFEFF");
    case "nul":
      return at(text.length, "\u0000");
    case "duplicate-keys":
      return withNameTwice(text, outcome);
  }
};

const withoutBrackets = (text: string, count: number, outcome: string): TextChange => {
  let end = text.length;
  let left = count;
  for (; end > 0 && left > 0 && /[\]}\s]/.test(text[end - 1] ?? ""); end--)
    if (/[\]}]/.test(text[end - 1] ?? "")) left--;
  if (left === count) return "there is no bracket at the end";
  const offset = end;
  return {
    edits: [{ offset, length: text.length - offset, put: "" }],
    outcome: `${outcome} ${count - left}`,
  };
};

const withNameTwice = (text: string, outcome: string): TextChange => {
  const { root } = readJson(text);
  const objects = root === undefined ? [] : valuesIn(root).filter(({ node }) => node.members !== undefined);
  const found = objects.find(({ node }) => (node.members?.length ?? 0) > 0);
  const [first] = found?.node.members ?? [];
  if (found !== undefined && first !== undefined)
    return { edits: [memberAddition(found.node, first.key, "null")], outcome: `${outcome} ${first.key}` };
  const [empty] = objects;
  if (empty === undefined) return "there is no object";
  const edit = memberAddition(empty.node, "twice", '1,"twice":2');
  return { edits: [edit], outcome: `${outcome} twice` };
};

const explanations: Readonly<Record<JsonSyntaxSettings["form"], string>> = {
  "leading-comma": "sent with a comma behind its first bracket",
  "missing-brackets": "sent without its last brackets",
  "trailing-garbage": "sent with garbage behind its end",
  bom: "sent with a byte order mark",
  nul: "sent with NUL behind its end",
  "duplicate-keys": "sent with a name that stands there twice",
};
