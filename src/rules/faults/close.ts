// close: the connection is closed in place of the message, with a close frame (RFC 6455 section 5.5.1). Codes
// that no close frame may carry are sent as they are written. Final.

import { utf8 } from "../../base/bytes.js";
import { type Field, flag, integer } from "../fields.js";
import { quote, type Report, show, type Value } from "../value.js";
import { defineFault, type Fault } from "./fault.js";

/** What the close frame says and what becomes of messages. */
export interface CloseSettings {
  readonly code: number;
  readonly reason: string;
  /** Held messages are thrown away; otherwise the close follows the last of them. */
  readonly discardHeld: boolean;
  /** The message, as earlier faults left it, goes out before the close. */
  readonly forward: boolean;
}

const defaultCode = 1011;

/** A control frame carries at most 125 octets, two of which are the code (RFC 6455 section 5.5). */
const longestReason = 123;

const reasonField: Field<string> = {
  read: (value, _what, report) => readReason(value, report),
  schema: { type: "string", maxLength: longestReason },
  takes: `a text of at most ${longestReason} octets in UTF-8`,
  meaning: "the reason in the close frame",
  fallback: { value: "" },
};

/** Ends the connection. */
export const close: Fault<CloseSettings> = defineFault<CloseSettings>({
  name: "close",
  layer: "frame",
  final: true,
  loses: true,
  summary:
    "The connection is closed on both sides in place of the message. A code that no close frame may carry is sent as it is.",
  breaks: "RFC 6455 section 7.4 where the code is none that a close frame may carry",
  goodPeer:
    "Answers with a close frame, dials again after a pause that grows, and repeats its transaction messages.",
  example: "close: { code: 1011, reason: maintenance }",
  fields: {
    code: integer("the status code", { min: 0, max: 65535 }, defaultCode),
    reason: reasonField,
    discardHeld: flag("throw away what a delay still holds, instead of sending it first"),
    forward: flag("send the message, as earlier faults left it, before the close"),
  },
  apply: ({ code, reason, discardHeld, forward }, { copies }) => ({
    outcome: `closed ${code}`,
    copies: forward ? copies : [],
    draw: null,
    close: { code, reason, discardHeld },
  }),
  explain: ({ code, reason, discardHeld, forward }) => {
    const why = reason === "" ? "" : ` and the reason ${quote(reason)}`;
    const held = discardHeld ? ", messages still held being thrown away" : "";
    return `${forward ? "followed" : "replaced"} by a close of the connection with code ${code}${why}${held}`;
  },
});

const readReason = (value: Value, report: Report): string | undefined => {
  if (
    value.kind === "scalar" &&
    typeof value.value === "string" &&
    utf8(value.value).length <= longestReason
  ) {
    return value.value;
  }
  report(
    value.where,
    "reason",
    `reason must be a text of at most ${longestReason} octets in UTF-8, found ${show(value)}`,
  );
  return undefined;
};
