// One entry of a tape as one line for a person. Everything that a peer said goes through `printable`, so that
// no text of a charger can move the cursor, ring the bell or hide a line.

import type { ChalkInstance } from "chalk";
import type { TapeMessage } from "../analyse/messages.js";
import type { MessageLabel } from "../analyse/messages-labels.js";
import { timeOf } from "../analyse/messages-summary.js";
import { assertNever } from "../base/assert-never.js";
import { hex } from "../base/bytes.js";
import type { Direction } from "../base/direction.js";
import { printable } from "../base/printable.js";
import type { Entry, FrameEntry, HandshakeFailedEntry } from "../cassette/entry.js";
import { readCloseBody } from "../wire/close-frame.js";
import { opcodes, readFrame } from "../wire/frame.js";

/** A message and what it is called. */
export interface NamedMessage {
  readonly message: TapeMessage;
  readonly label: MessageLabel;
}

const arrows: Readonly<Record<Direction, string>> = { "cp-to-csms": "cp>csms", "csms-to-cp": "csms>cp" };

const controlNames: ReadonlyMap<number, string> = new Map([
  [opcodes.ping, "ping"],
  [opcodes.pong, "pong"],
]);

const control = ({ opcode, payload }: TapeMessage): string => {
  if (opcode === opcodes.close) {
    const { code, reason } = readCloseBody(payload);
    return `close ${code ?? "without a code"} ${reason}`.trimEnd();
  }
  return `${controlNames.get(opcode) ?? `control frame ${opcode}`}, ${payload.length} octets`;
};

const content = ({ message, label }: NamedMessage): string => {
  if (message.kind === "control") return control(message);
  const { text, payload, compression, complete } = message;
  const marks = [
    ...(compression === "none"
      ? []
      : [compression === "negotiated" ? "[deflate]" : "[deflate, never agreed]"]),
    ...(complete ? [] : ["[cut off]"]),
  ];
  const name = label.type === "unreadable" ? "unreadable" : `${label.type} ${label.action ?? "?"}`;
  return [name, ...marks, text ?? `${payload.length} octets: ${hex(payload.subarray(0, 32))}`].join(" ");
};

const frame = (entry: FrameEntry, named: NamedMessage | undefined): string => {
  if (named !== undefined) return content(named);
  const view = readFrame(entry.raw);
  return view === undefined
    ? `${entry.raw.length} octets that are no frame`
    : `fragment, ${view.declaredLength} octets`;
};

const handshake = ({ leg, url, from, reason, diagnosis }: HandshakeFailedEntry): string => {
  const who = leg === "csms" ? `CSMS ${url ?? "?"}` : `charger ${from ?? "?"}`;
  return `TLS handshake with the ${who} failed (${reason}): ${diagnosis}`;
};

const subject = (entry: Exclude<Entry, FrameEntry>): string => {
  switch (entry.kind) {
    case "session":
      return `session ${entry.startedAt} ${entry.identity ?? ""} ${entry.source} (${entry.tool})`;
    case "connection-opened":
      return `connection ${entry.connection} opened by ${entry.identity} from ${entry.from ?? "?"} to ${entry.url ?? "?"}, ${entry.subprotocol ?? "no subprotocol"}`;
    case "bytes":
      return `${entry.raw.length} octets (${entry.why}): ${hex(entry.raw.subarray(0, 32))}`;
    case "decision":
      return `rule ${entry.rule}: ${entry.fault} of ${entry.type} ${entry.action ?? "?"} ${entry.ordinal}: ${entry.outcome}`;
    case "injected":
      return `injected by ${entry.by}, ${entry.raw.length} octets`;
    case "refused":
      return `refused by ${entry.by}: ${entry.status ?? "no answer"} ${entry.reason} (${entry.identity ?? "?"}, ${entry.url ?? "?"})`;
    case "handshake-failed":
      return handshake(entry);
    case "http-exchange":
      return `http ${entry.url} ${entry.status ?? "no answer"}, ${entry.requestLength} and ${entry.responseLength} octets`;
    case "connection-closed":
      return `connection ${entry.connection} closed: ${entry.ends.map(({ by, how }) => `${how} by ${by}`).join(", ") || "?"}`;
    case "gap":
      return `gap: ${entry.entries} entries, ${entry.octets} octets lost: ${entry.why}`;
    case "note":
      return `note ${entry.code}: ${entry.message}`;
    case "marker":
      return `marker: ${entry.text}`;
    case "checkpoint":
      return `checkpoint ${entry.wall}`;
    case "end":
      return `end ${entry.wall}, ${entry.entries} entries`;
    default:
      return assertNever(entry);
  }
};

const time = (entry: Entry): string => {
  const at = timeOf(entry);
  if (at !== null) return `+${(at / 1e9).toFixed(6)}`;
  return entry.kind === "frame" && entry.loggedAt !== undefined ? printable(entry.loggedAt, 40) : "?";
};

const longest = 4000;

/** The line of an entry; `named` is the message that became whole with it. */
export function showLine(
  index: number,
  entry: Entry,
  named: NamedMessage | undefined,
  paint: ChalkInstance,
): string {
  const words = entry.kind === "frame" ? frame(entry, named) : subject(entry);
  const where =
    "connection" in entry && "direction" in entry ? `${entry.connection} ${arrows[entry.direction]}` : "";
  const colour = !("direction" in entry)
    ? paint.dim
    : entry.direction === "cp-to-csms"
      ? paint.cyan
      : paint.green;
  const front = `${String(index).padStart(6)}  ${time(entry).padStart(14)}  ${where.padEnd(9)}`;
  return `${paint.dim(front)}  ${colour(printable(words, longest))}`;
}
