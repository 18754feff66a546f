// json-syntax: breaks the JSON syntax of the message in the ways that real chargers do.

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

/** Breaks the JSON syntax of a message. */
export const jsonSyntax: Fault = defineFault({
  name: "json-syntax",
  layer: "payload",
  risksBilling: true,
  summary:
    "Breaks the JSON syntax: adds a comma after the first bracket, removes the last brackets, appends garbage, a byte order mark or NUL, or repeats a key.",
  breaks: "RFC 8259 (sections 2, 4 and 8.1)",
  goodPeer:
    "Answers with CALLERROR FormationViolation (1.6) or RpcFrameworkError (2.x), with the id if it can be read; or repairs what has only one meaning. Continues in both cases.",
  example: "json-syntax: { form: missing-brackets, count: 2 }",
  settings: {
    form: word("what is broken", forms),
    count: integer("for missing-brackets: how many are removed", { min: 1, max: 100 }, 1),
  },
  short: "form",
  apply: ({ form, count }, { copies }) => {
    const changed = editText(copies, (text) => change(text, form, count));
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ form, count }, { words }) => `${explanations[form](count)} ${words}`,
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

const explanations: Readonly<Record<JsonSyntaxSettings["form"], (count: number) => string>> = {
  "leading-comma": () => "adds a comma after the first bracket of",
  "missing-brackets": (count) => `removes the last ${count === 1 ? "bracket" : `${count} brackets`} of`,
  "trailing-garbage": () => "appends garbage to",
  bom: () => "adds a byte order mark to",
  nul: () => "appends NUL to",
  "duplicate-keys": () => "repeats a key in",
};
