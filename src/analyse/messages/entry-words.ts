// An entry of a recording, or one of its messages, as one line for a reader. Texts of peers are not escaped here: the
// caller makes them safe for a terminal or a page.

import { assertNever } from "../../base/assert-never.js";
import { hex } from "../../base/bytes.js";
import type { Entry, FrameEntry, HandshakeFailedEntry } from "../../cassette/format/entry.js";
import { plural } from "../../text/plural.js";
import { readCloseBody } from "../../wire/websocket/close-frame.js";
import { opcodes, readFrame } from "../../wire/websocket/frame.js";
import type { MessageLabel } from "./labels.js";
import type { RecordedMessage } from "./messages.js";

const controlNames: ReadonlyMap<number, string> = new Map([
  [opcodes.ping, "ping"],
  [opcodes.pong, "pong"],
]);

/** A control frame: its name and its length or close code. */
export function controlWords({ opcode, payload }: RecordedMessage): string {
  if (opcode === opcodes.close) {
    const { code, reason } = readCloseBody(payload);
    return `close ${code ?? "without a code"} ${reason}`.trimEnd();
  }
  return `${controlNames.get(opcode) ?? `control frame ${opcode}`}, ${plural(payload.length, "byte")}`;
}

/** The type and the action of a message, with a mark if it was compressed or cut off. */
export function messageName(
  { compression, complete }: RecordedMessage,
  { type, action }: MessageLabel,
): string {
  const marks = [
    ...(compression === "none"
      ? []
      : [compression === "negotiated" ? "[deflate]" : "[deflate, not negotiated]"]),
    ...(complete ? [] : ["[cut off]"]),
  ];
  return [type === "unreadable" ? "unreadable" : `${type} ${action ?? "?"}`, ...marks].join(" ");
}

/** The text of a message, or the length and the first bytes of one that is not text. */
export function contentWords({ text, payload }: RecordedMessage): string {
  return text ?? `${plural(payload.length, "byte")}: ${hex(payload.subarray(0, 32))}`;
}

/** A frame that completes no message. */
export function fragmentWords({ raw }: FrameEntry): string {
  const view = readFrame(raw);
  return view === undefined
    ? `${plural(raw.length, "byte")} that ${raw.length === 1 ? "is" : "are"} not a frame`
    : `fragment, ${plural(view.declaredLength, "byte")}`;
}

/** An entry that is not a frame. */
export function entryWords(entry: Exclude<Entry, FrameEntry>): string {
  switch (entry.kind) {
    case "session":
      return `session ${entry.startedAt} ${entry.identity ?? ""} ${entry.source} (${entry.tool})`;
    case "connection-opened":
      return `connection ${entry.connection} opened by ${entry.identity} from ${entry.from ?? "?"} to ${entry.url ?? "?"}, ${entry.subprotocol ?? "no subprotocol"}`;
    case "bytes":
      return `${plural(entry.raw.length, "byte")} (${entry.why}): ${hex(entry.raw.subarray(0, 32))}`;
    case "decision":
      return `rule ${entry.rule}: ${entry.fault} of ${entry.type} ${entry.action ?? "?"} ${entry.ordinal}: ${entry.outcome}`;
    case "injected":
      return `injected by ${entry.by}, ${plural(entry.raw.length, "byte")}`;
    case "refused":
      return `refused by ${entry.by}: ${entry.status ?? "no answer"} ${entry.reason} (${entry.identity ?? "?"}, ${entry.url ?? "?"})`;
    case "handshake-failed":
      return handshakeWords(entry);
    case "http-exchange":
      return `http ${entry.url} ${entry.status ?? "no answer"}, ${entry.requestLength} and ${entry.responseLength} bytes`;
    case "connection-closed":
      return `connection ${entry.connection} closed: ${entry.ends.map(({ by, how }) => `${how} by ${by}`).join(", ") || "?"}`;
    case "gap":
      return `gap: ${plural(entry.entries, "entry", "entries")}, ${plural(entry.octets, "byte")} lost: ${entry.why}`;
    case "note":
      return `note ${entry.code}: ${entry.message}`;
    case "marker":
      return `marker: ${entry.text}`;
    case "checkpoint":
      return `checkpoint ${entry.wall}`;
    case "end":
      return `end ${entry.wall}, ${plural(entry.entries, "entry", "entries")}`;
    default:
      return assertNever(entry);
  }
}

const handshakeWords = ({ leg, url, from, reason, diagnosis }: HandshakeFailedEntry): string => {
  const who = leg === "csms" ? `CSMS ${url ?? "?"}` : `charger ${from ?? "?"}`;
  return `TLS handshake with the ${who} failed (${reason}): ${diagnosis}`;
};
