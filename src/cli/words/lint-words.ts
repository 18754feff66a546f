// A finding as text: one line for a running recording, a block with the quoted message for a report, JSON for scripts.
// Texts of peers pass through `printable`.

import type { ChalkInstance } from "chalk";
import type { FindingClass, FindingCode } from "../../analyse/lint/detectors/detector.js";
import type { Finding } from "../../analyse/lint/findings.js";
import { text as decoded, utf8 } from "../../base/bytes.js";
import { printable } from "../../text/printable.js";

const arrows = { "cp-to-csms": "cp>csms", "csms-to-cp": "csms>cp" } as const;

/** Characters that are quoted before, inside and after the place of a finding. */
const before = 60;
const within = 60;
const after = 40;

const colourOf = (paint: ChalkInstance, kind: FindingClass): ChalkInstance =>
  kind === "defect" ? paint.red : kind === "smell" ? paint.yellow : paint.cyan;

/** The message around the place of a finding, and the line that underlines the place; undefined if there is no text. */
export function quoteFinding({
  quoted: { text, span },
}: Finding): readonly [text: string, underline: string] | undefined {
  if (text === "") return undefined;
  const bytes = utf8(text);
  const part = (from: number, to?: number): string => decoded(bytes.subarray(from, to));
  const end = span.offset + span.length;
  const front = part(0, span.offset);
  const middle = part(span.offset, end);
  const back = part(end);
  const isWhole = span.offset === 0 && end >= bytes.length;
  const shownFront = printable(front.length > before ? `…${front.slice(-before)}` : front);
  const shownMiddle = printable(middle, isWhole ? before + within + after : within);
  const shownBack = printable(back, after);
  const underline = isWhole
    ? ""
    : " ".repeat(shownFront.length) + "~".repeat(Math.max(1, shownMiddle.length));
  return [shownFront + shownMiddle + shownBack, underline];
}

const placesOf = ({ count, first, last }: Finding): string =>
  count === 1 ? `entry ${first.entry}` : `${count} times, entries ${first.entry} to ${last.entry}`;

/** A finding as a block of lines: class, code and place, sentence, clause, quoted message. */
export function* findingLines(finding: Finding, paint: ChalkInstance): Generator<string> {
  const { code, class: kind, action, direction, clause, message } = finding;
  const colour = colourOf(paint, kind);
  const where = printable([action, arrows[direction]].filter((word) => word !== undefined).join(" "), 80);
  yield `  ${colour(kind.padEnd(6))} ${paint.bold(code)}  ${where}  ${paint.dim(placesOf(finding))}`;
  yield `         ${printable(message, 300)}`;
  if (clause !== "") yield `         ${paint.dim(`[${clause}]`)}`;
  const quoted = quoteFinding(finding);
  if (quoted === undefined) return;
  yield `           ${quoted[0]}`;
  if (quoted[1] !== "") yield `           ${colour(quoted[1])}`;
}

/** A finding in one line. */
export function findingLine({ code, class: kind, action, message }: Finding): string {
  return printable(`${kind} ${code}${action === undefined ? "" : ` ${action}`}: ${message}`, 300);
}

/** A finding as an object for JSON; docs/reference/lint.md lists its keys. */
export function findingJson(finding: Finding): Record<string, unknown> {
  const {
    code,
    class: kind,
    first,
    last,
    pointer,
    span,
    message,
    count,
    action,
    direction,
    by,
    clause,
  } = finding;
  return {
    code,
    class: kind,
    connection: first.connection,
    entry: first.entry,
    pointer,
    offset: span.offset,
    length: span.length,
    message,
    count,
    action: action ?? null,
    direction,
    by,
    clause,
    first: { connection: first.connection, entry: first.entry, pointer: first.pointer },
    last: { connection: last.connection, entry: last.entry, pointer: last.pointer },
  };
}

/** The meaning of a code, for `lint --explain`. */
export function* explanation(code: FindingCode, paint: ChalkInstance): Generator<string> {
  yield `${paint.bold(code.code)} (${colourOf(paint, code.class)(code.class)})`;
  yield `  ${code.doc}`;
  yield `  Clause: ${code.clause}`;
  yield `  To suppress it, in ocpp-vcr.yaml:  lint: { suppress: [${code.code}] }`;
}
