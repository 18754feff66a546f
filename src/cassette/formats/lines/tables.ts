// Logs as tables: CSV with a header (RFC 4180, and what spreadsheets make of it) and JSON lines. Which column or
// member holds what is in the pattern. Total: a row whose quotes never close is taken to the end of its line.

import { type JsonNode, readJson } from "../../../ocpp/json/tree.js";
import { type Attempt, type LineResult, type LineValues, matchLine } from "./items.js";
import { type LineField, type LinePattern, lineFields } from "./pattern.js";
import { unescapeText } from "./text.js";

/** A quoted cell goes over no more lines than this. */
const mostLines = 2000;

interface Row {
  readonly cells: readonly string[];
  /** What stands behind the beginning of each cell, to the end of the row. */
  readonly tails: readonly string[];
  readonly isClosed: boolean;
  /** Whether a separator or the end stands behind every quoted cell. */
  readonly isStrict: boolean;
}

const readQuoted = (
  text: string,
  from: number,
): { readonly cell: string; readonly end: number } | undefined => {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] === '"') continue;
    return { cell: text.slice(from + 1, quote).replace(/""/g, '"'), end: quote + 1 };
  }
  return undefined;
};

/** Takes a row apart. */
export function readRow(text: string, separator: string): Row {
  const cells: string[] = [];
  const tails: string[] = [];
  let at = 0;
  let isStrict = true;
  while (at <= text.length) {
    tails.push(text.slice(at));
    const quoted = text[at] === '"' ? readQuoted(text, at) : undefined;
    if (text[at] === '"' && quoted === undefined)
      return { cells: [...cells, text.slice(at + 1).replace(/""/g, '"')], tails, isClosed: false, isStrict };
    const from = quoted?.end ?? at;
    const next = text.indexOf(separator, from);
    const end = next < 0 ? text.length : next;
    if (quoted !== undefined && end > from) isStrict = false;
    cells.push(quoted === undefined ? text.slice(at, end) : quoted.cell + text.slice(from, end));
    at = end + separator.length;
  }
  return { cells, tails, isClosed: true, isStrict };
}

const separators = [",", ";", "\t", "|"];

const separatorOf = (header: string): string => {
  const counted = separators.map((separator) => readRow(header, separator).cells.length);
  return separators[counted.indexOf(Math.max(...counted))] ?? ",";
};

const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "");

type Columns = Readonly<Partial<Record<LineField, number>>>;

const columnsOf = (pattern: LinePattern, header: readonly string[]): Columns => {
  const names = header.map(plainName);
  const columns: Partial<Record<LineField, number>> = {};
  for (const field of lineFields)
    for (const name of pattern.fields[field] ?? []) {
      const at = names.indexOf(plainName(name));
      if (at >= 0) columns[field] ??= at;
    }
  return columns;
};

const valuesOfRow = ({ cells, tails }: Row, columns: Columns, width: number): LineValues => {
  const values: Partial<Record<LineField, string>> = {};
  for (const field of lineFields) {
    const column = columns[field];
    if (column === undefined) continue;
    // Messages are full of commas; in the last column they need no quotes to be read.
    const isOpenEnd = column === width - 1 && cells.length > width && tails[column]?.startsWith('"') !== true;
    const value = isOpenEnd ? tails[column] : cells[column];
    if (value !== undefined) values[field] = value;
  }
  return values;
};

/** The row that begins at this line, and how many lines it takes. */
const rowAt = (
  lines: readonly string[],
  at: number,
  separator: string,
  width: number,
): { readonly row: Row; readonly lines: number } => {
  const first = readRow(lines[at] ?? "", separator);
  if (first.isClosed) return { row: first, lines: 1 };
  let text = lines[at] ?? "";
  for (let next = at + 1; next < lines.length && next - at < mostLines; next++) {
    const line = lines[next] ?? "";
    text += `\n${line}`;
    // Inside a quoted cell quotes come in pairs: only a line with an odd number of them can end it.
    if ((line.match(/"/g)?.length ?? 0) % 2 === 0) continue;
    const row = readRow(text, separator);
    if (row.isClosed && row.isStrict && row.cells.length === width) return { row, lines: next - at + 1 };
    // The quotes closed in the wrong place: the row was cut, and this is another one.
    if (row.isClosed) break;
  }
  return { row: first, lines: 1 };
};

const noMessage = "the text is no OCPP message: it does not begin with [";

/** Tables hold other things than messages as well, ordinary lines of a log among them. */
const isMessage = (pattern: LinePattern, text: string): boolean =>
  pattern.anyText || unescapeText(text, pattern.unescape).trimStart().startsWith("[");

const whyRefused = (pattern: LinePattern, { message = "" }: LineValues): string | undefined => {
  if (message.trim() === "") return "the row has no message";
  return isMessage(pattern, message) ? undefined : noMessage;
};

/** Reads a log of kind `csv`; its first line that is not empty is the header. */
export function* itemsOfCsv(pattern: LinePattern, source: Iterable<string>): Generator<LineResult> {
  const lines = [...source].map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  let at = lines.findIndex((line) => line.trim() !== "");
  if (at < 0) return;
  const separator = pattern.separator ?? separatorOf(lines[at] ?? "");
  const header = readRow(lines[at] ?? "", separator).cells;
  const columns = columnsOf(pattern, header);
  if (columns.message === undefined) {
    const why = `the header has no column ${(pattern.fields.message ?? []).join(", ")}`;
    yield { kind: "refused", line: at + 1, why, text: lines[at] ?? "" };
    return;
  }
  for (at++; at < lines.length; at++) {
    const text = lines[at] ?? "";
    if (text.trim() === "") continue;
    const found = rowAt(lines, at, separator, header.length);
    const values = valuesOfRow(found.row, columns, header.length);
    const line = at + 1;
    const why = whyRefused(pattern, values);
    if (why !== undefined) yield { kind: "refused", line, why, text };
    else yield { kind: "message", line, lines: found.lines, values };
    at += found.lines - 1;
  }
}

const nodeAt = (root: JsonNode, path: string): JsonNode | undefined => {
  const direct = root.member(path)?.node;
  if (direct !== undefined) return direct;
  let node: JsonNode | undefined = root;
  for (const step of path.split(".")) node = node?.member(step)?.node ?? node?.items?.[Number(step)];
  return node;
};

const valuesOfObject = (pattern: LinePattern, root: JsonNode, line: string): LineValues => {
  const values: Partial<Record<LineField, string>> = {};
  for (const field of lineFields)
    for (const path of pattern.fields[field] ?? []) {
      const node = nodeAt(root, path);
      if (node === undefined || node.value === null || values[field] !== undefined) continue;
      // What is no text is taken as it stands in the line, byte for byte.
      values[field] = typeof node.value === "string" ? node.value : line.slice(node.start, node.end);
    }
  return values;
};

const matchMember = (
  pattern: LinePattern,
  values: LineValues,
  attempt: Attempt,
): ReturnType<typeof matchLine> | "whole" | "slow" => {
  const { message } = values;
  if (message === undefined) return undefined;
  if (pattern.match.length === 0 || message.trimStart().startsWith("[")) return "whole";
  const boxed = attempt(() => [matchLine(pattern, message)]);
  return boxed === undefined ? "slow" : boxed[0];
};

const resultOfObject = (
  pattern: LinePattern,
  values: LineValues,
  line: number,
  text: string,
  attempt: Attempt,
): LineResult => {
  const match = matchMember(pattern, values, attempt);
  if (match === "whole" && !isMessage(pattern, values.message ?? ""))
    return { kind: "refused", line, why: noMessage, text };
  if (match === "whole") return { kind: "message", line, lines: 1, values };
  if (match === "ignored") return { kind: "ignored" };
  if (match === "slow")
    return { kind: "refused", line, why: "the pattern takes too long on this line", text };
  if (match === undefined) return { kind: "refused", line, why: "the line has no message", text };
  return { kind: match.kind, line, lines: 1, values: { ...values, ...match.values } };
};

/** Reads a log of kind `json-lines`; `match` of the pattern, if any, is for members that say more than the message. */
export function* itemsOfJson(
  pattern: LinePattern,
  source: Iterable<string>,
  attempt: Attempt,
): Generator<LineResult> {
  let line = 0;
  for (const text of source) {
    line++;
    if (text.trim() === "") continue;
    // Collectors of logs put something of their own in front.
    const json = text.slice(Math.max(0, text.indexOf("{")));
    const root = readJson(json).root;
    if (root?.members === undefined) yield { kind: "refused", line, why: "the line is no JSON object", text };
    else yield resultOfObject(pattern, valuesOfObject(pattern, root, json), line, text, attempt);
  }
}
