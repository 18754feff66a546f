// too-long: makes a string longer than the schema of its action allows, by adding x.

import { memberAddition, replacement } from "../../../ocpp/json/edits.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { integer, optional } from "../../../yaml/settings.js";
import { type PayloadPath, pointer } from "../../contract/data-settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { RuledMessage } from "../../contract/ruled-message.js";
import type { TextChange } from "../edit/edit-message.js";
import { editPayload, pick, valuesAt } from "../edit/edit-payload.js";
import { type Site, sitesOf } from "../edit/payload-sites.js";

/** Makes a string too long. */
export const tooLong: Fault = defineFault({
  name: "too-long",
  layer: "payload",
  risksBilling: true,
  summary:
    "Fills a string up with x to one character more than its schema allows, or to a given length. Without a path, one of the strings with a limit is chosen at random.",
  breaks: "the schema of the action (maxLength)",
  goodPeer:
    "Answers with CALLERROR (PropertyConstraintViolation). Neither shortens the string nor fails because of it.",
  example: "too-long: { path: /idTag }",
  settings: {
    path: optional(pointer("which string; a random one by default")),
    length: optional(
      integer("length in characters; one more than allowed by default", { min: 1, max: 1_000_000 }),
    ),
  },
  short: "path",
  sweep: { then2x: "too-long: { path: /idToken/idToken }" },
  apply: ({ path, length }, { copies, message, draw }) => {
    const drawn = path === undefined ? draw() : null;
    const changed = editPayload(copies, (payload): TextChange => {
      if (path !== undefined) return atPlace(payload, path, length, message);
      const limited = (sitesOf(payload, message) ?? []).filter(({ schema }) => hasLimit(schema));
      const present = limited.filter(({ node }) => typeof node?.value === "string");
      const found = pick(present.length > 0 ? present : limited, drawn ?? 0);
      return found === undefined ? "there is no text with a limit" : lengthened(found, length);
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: drawn };
  },
  explain: ({ path, length }, { words }) => {
    const what = path === undefined ? "a string" : path.pointer;
    const size = length === undefined ? "longer than its schema allows" : `${length} characters long`;
    return `makes ${what} ${size} in ${words}`;
  },
});

const hasLimit = ({ type, maxLength, enum: words }: Site["schema"]): boolean =>
  type === "string" && maxLength !== undefined && words === undefined;

const atPlace = (
  payload: JsonNode,
  path: PayloadPath,
  length: number | undefined,
  about: RuledMessage,
): TextChange => {
  const site = sitesOf(payload, about)?.find(({ pointer: where }) => where === path.pointer);
  if (site !== undefined && (hasLimit(site.schema) || length !== undefined)) return lengthened(site, length);
  const [found] = valuesAt(payload, path.steps);
  if (typeof found?.node.value !== "string") return `there is no text at ${path.pointer}`;
  if (length === undefined) return `no schema limits ${path.pointer}; say length`;
  return {
    edits: [replacement(found.node, filled(found.node.value, length))],
    outcome: `lengthened ${path.pointer} to ${length} characters`,
  };
};

const lengthened = (
  { node, parent, key, pointer: where, schema }: Site,
  length: number | undefined,
): TextChange => {
  const to = length ?? (schema.maxLength ?? 0) + 1;
  const text = filled(typeof node?.value === "string" ? node.value : "", to);
  const outcome = `lengthened ${where} to ${to} characters`;
  if (node !== undefined) return { edits: [replacement(node, text)], outcome };
  if (parent?.members === undefined) return `there is no place ${where}`;
  return { edits: [memberAddition(parent, key, text)], outcome };
};

const filled = (text: string, length: number): string => JSON.stringify(text.padEnd(length, "x"));
