// A charger's request head: its parts, the ambiguities in it, and its rewriting for the CSMS. Ambiguous requests are
// refused, because request smuggling needs two servers that read one head differently (RFC 9112 section 11.2).
// Rewriting changes single fields; every other byte stays.

import { concat, fromLatin1 } from "../../base/bytes.js";
import type { Issue } from "../../base/issue.js";
import { fieldList, fieldValues, type Head } from "./head.js";

/** The parts of a request line, decoded as ISO 8859-1, one character per byte. */
export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** Splits a request line at its spaces; undefined if it does not have three parts. */
export function requestLine(head: Head): RequestLine | undefined {
  const parts = head.startLine.split(" ");
  const [method, target, version] = parts;
  if (parts.length !== 3 || !method || !target || !version) return undefined;
  return { method, target, version };
}

/** Whether the head has an Upgrade field. `Connection: Upgrade` may be missing, as with some real chargers. */
export function asksForUpgrade(head: Head): boolean {
  return fieldValues(head, "upgrade").length > 0;
}

/** Fields that may be given only once. */
const singleFields = [
  "host",
  "content-length",
  "sec-websocket-key",
  "sec-websocket-version",
  "authorization",
  "upgrade",
];

/** Control characters, which no part of a head may contain; a tab is white space. */
const controls = /[^\t\x20-\x7e\x80-\xff]/;

const bodyIssues = (head: Head): readonly Issue[] => {
  const issues: Issue[] = [];
  const coded = fieldList(head, "transfer-encoding").length > 0;
  const lengths = fieldValues(head, "content-length");
  if (coded && lengths.length > 0)
    issues.push({
      code: "two-lengths",
      message: "both Content-Length and Transfer-Encoding are given",
      by: "charger",
    });
  if (asksForUpgrade(head) && (coded || lengths.some((length) => length !== "0")))
    issues.push({ code: "upgrade-with-body", message: "an upgrade request announces a body", by: "charger" });
  return issues;
};

/** Everything that lets servers read the request differently; such a request is refused with 400. */
export function ambiguities(head: Head): readonly Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, message: string): void => {
    issues.push({ code, message, by: "charger" });
  };
  const line = requestLine(head);
  if (line === undefined || !/^HTTP\/1\.[01]$/.test(line.version))
    add("request-line", `the request line "${head.startLine.slice(0, 80)}" is not METHOD TARGET HTTP/1.1`);
  if (controls.test(head.startLine)) add("request-line", "the request line holds a control character");
  if (head.bareLineFeed) add("bare-line-feed", "a line of the head ends without a carriage return");
  for (const odd of head.oddLines)
    add(
      "field-line",
      `"${odd.slice(0, 60)}" is not a header field (folded, without a colon, or with a space in the name)`,
    );
  for (const name of singleFields) {
    const count = fieldValues(head, name).length;
    if (count > 1) add("field-twice", `${name} is given ${count} times`);
  }
  issues.push(...bodyIssues(head));
  for (const field of head.fields)
    if (controls.test(field.name) || controls.test(field.value))
      add("field-value", `the field ${field.name} holds a control character`);
  return issues;
}

/** How the charger's head is changed for the CSMS. */
export interface Rewrite {
  /** The new request target. */
  readonly target: string;
  /** The new value of Host; undefined keeps the charger's value. */
  readonly host: string | undefined;
  /** Whether to remove Sec-WebSocket-Extensions, so that messages stay readable for rules. */
  readonly withoutExtensions?: boolean;
  /** The new value of Authorization, added if the field is missing; undefined keeps the charger's value. */
  readonly authorization?: string | undefined;
}

/** The head for the CSMS, with the changes of `rewrite`; no other byte changes. */
export function rewriteHead(head: Head, rewrite: Rewrite): Uint8Array {
  const line = requestLine(head);
  const edits: { from: number; to: number; put: string }[] = [];
  if (line !== undefined) {
    const from = line.method.length + 1;
    edits.push({ from, to: from + line.target.length, put: rewrite.target });
  }
  for (const field of head.fields) {
    const name = field.name.toLowerCase();
    const to = field.valueAt + field.value.length;
    if (name === "host" && rewrite.host !== undefined)
      edits.push({ from: field.valueAt, to, put: rewrite.host });
    if (name === "sec-websocket-extensions" && rewrite.withoutExtensions === true)
      edits.push(wholeLine(head, field.valueAt));
    if (name === "authorization" && rewrite.authorization !== undefined)
      edits.push({ from: field.valueAt, to, put: rewrite.authorization });
  }
  const isAdded = rewrite.authorization !== undefined && fieldValues(head, "authorization").length === 0;
  const end = emptyLineOf(head.raw);
  if (isAdded) edits.push({ from: end, to: end, put: `Authorization: ${rewrite.authorization}\r\n` });
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    parts.push(head.raw.subarray(at, edit.from), fromLatin1(edit.put));
    at = edit.to;
  }
  parts.push(head.raw.subarray(at));
  return concat(parts);
}

/** Offset of the empty line that ends a head. */
const emptyLineOf = (raw: Uint8Array): number => raw.lastIndexOf(10, raw.length - 2) + 1;

const wholeLine = (head: Head, inside: number): { from: number; to: number; put: string } => ({
  from: head.raw.lastIndexOf(10, inside) + 1,
  to: head.raw.indexOf(10, inside) + 1,
  put: "",
});
