// close: the connection is closed in place of the message, with a close frame (RFC 6455 section 5.5.1), without one,
// or with one behind which everything goes on. Codes that no close frame may carry are sent as they are written. Final.

import { utf8 } from "../../../base/bytes.js";
import { type Direction, opposite } from "../../../base/direction.js";
import { closeBody } from "../../../wire/websocket/close-frame.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { flag, integer, type Setting, word } from "../../../yaml/settings.js";
import { type IssueReporter, quote, show, type Value } from "../../../yaml/value.js";
import type { Action } from "../../contract/action.js";
import { defineFault, type Fault, type FaultInput, type FaultOutcome } from "../../contract/fault.js";
import { lawfulMask } from "../edit/frames.js";

/** What the close frame says and what becomes of messages. */
export interface CloseSettings {
  readonly code: number;
  readonly reason: string;
  /** Held messages are thrown away; otherwise the close follows the last of them. */
  readonly discardHeld: boolean;
  /** The message, as earlier faults left it, goes out before the close. */
  readonly forward: boolean;
  readonly style: CloseStyle;
}

/**
 * `clean`: both sides get the frame and the end of the stream. `no-frame`: the end alone. `reset`: both are reset.
 * `go-on`: the receiver gets the frame, and what comes later as well.
 */
export type CloseStyle = "clean" | "no-frame" | "reset" | "go-on";

const defaultCode = 1011;

/** A control frame carries at most 125 bytes, two of which are the code (RFC 6455 section 5.5). */
const longestReason = 123;

const reasonField: Setting<string> = {
  read: (value, _what, report) => readReason(value, report),
  schema: { type: "string", maxLength: longestReason },
  takes: `a text of at most ${longestReason} bytes in UTF-8`,
  meaning: "the reason in the close frame",
  fallback: { value: "" },
};

/** Ends the connection. */
export const close: Fault = defineFault({
  name: "close",
  layer: "frame",
  points: ["message", "connection"],
  final: true,
  takesCompressed: true,
  risksBilling: true,
  summary:
    "The connection is closed on both sides in place of the message. A code that no close frame may carry is sent as it is. Without a frame the streams end, or are reset; with `go-on` the receiver of the message gets the frame, and then what comes later as if nothing had been.",
  breaks:
    "RFC 6455 section 7.4 where the code is none that a close frame may carry, section 7.1.1 where no frame comes first, section 5.5.1 where data follows it",
  goodPeer:
    "Answers with a close frame, dials again after a pause that grows, and repeats its transaction messages.",
  example: "close: { code: 1011, reason: maintenance }",
  settings: {
    code: integer("the status code", { min: 0, max: 65535 }, defaultCode),
    reason: reasonField,
    discardHeld: flag("throw away what a delay still holds, instead of sending it first"),
    forward: flag("send the message, as earlier faults left it, before the close"),
    style: word(
      "with a close frame, with the end of the streams alone, with a reset, or with a close frame and no end",
      ["clean", "no-frame", "reset", "go-on"],
      "clean",
    ),
  },
  apply: (settings, input) => {
    const { code, reason, discardHeld, forward, style } = settings;
    const base = { copies: forward ? input.copies : [], draw: null };
    switch (style) {
      case "clean":
        return { ...base, outcome: `closed ${code}`, close: { code, reason, discardHeld } };
      case "no-frame":
        return {
          ...base,
          outcome: "closed without a frame",
          close: { code, reason, discardHeld, withoutFrame: true },
        };
      case "reset":
        return { ...base, outcome: "reset", actions: [{ kind: "reset", to: "both" }] };
      case "go-on":
        return goOn(settings, input);
    }
  },
  explain: ({ code, reason, discardHeld, forward, style }) => {
    if (style !== "clean") return `${forward ? "followed" : "replaced"} by ${unclean[style](code)}`;
    const why = reason === "" ? "" : ` and the reason ${quote(reason)}`;
    const held = discardHeld ? ", messages still held being thrown away" : "";
    return `${forward ? "followed" : "replaced"} by a close of the connection with code ${code}${why}${held}`;
  },
});

const unclean: Readonly<Record<Exclude<CloseStyle, "clean">, (code: number) => string>> = {
  "no-frame": () => "the end of both streams without a close frame",
  reset: () => "a reset of both sides",
  "go-on": (code) => `a close frame with code ${code}, after which everything goes on`,
};

/** Behind a message its receiver gets the frame; where there is none, both sides do. */
const goOn = (
  { code, reason, forward }: CloseSettings,
  { copies, message: { type, direction } }: FaultInput,
): FaultOutcome => {
  const payload = closeBody(code, reason);
  const frameFor = (way: Direction): Uint8Array =>
    encodeFrame({ opcode: opcodes.close, payload, mask: lawfulMask(way) });
  const base = { outcome: `closed ${code}, going on`, draw: null };
  if (type !== "connection") return { ...base, copies: [...(forward ? copies : []), frameFor(direction)] };
  const actions = [direction, opposite(direction)].map(
    (way): Action => ({ kind: "send", direction: way, frame: frameFor(way), times: 1, gapMs: 0 }),
  );
  return { ...base, copies, actions };
};

const readReason = (value: Value, report: IssueReporter): string | undefined => {
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
    `reason must be a text of at most ${longestReason} bytes in UTF-8, found ${show(value)}`,
  );
  return undefined;
};
