// close: closes the connection instead of forwarding the message: with a close frame (RFC 6455 section 5.5.1), without one,
// or with one after which everything continues. Also sends codes that a close frame must not carry.

import { utf8 } from "../../../base/bytes.js";
import { type Direction, opposite } from "../../../base/direction.js";
import { closeBody } from "../../../wire/websocket/close-frame.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { flag, integer, type Setting, word } from "../../../yaml/settings.js";
import { type IssueReporter, quote, show, type Value } from "../../../yaml/value.js";
import type { Action } from "../../contract/action.js";
import { defineFault, type Fault, type FaultInput, type FaultOutcome } from "../../contract/fault.js";
import { usualMask } from "../edit/frames.js";

/** How the connection is closed, and what happens to messages. */
export interface CloseSettings {
  readonly code: number;
  readonly reason: string;
  /** Discards held messages. Otherwise the close comes after the last of them. */
  readonly discardHeld: boolean;
  /** Forwards the message, as earlier faults left it, before the close. */
  readonly forward: boolean;
  readonly style: CloseStyle;
}

/**
 * `clean`: both sides get a close frame and a FIN. `no-frame`: both get only the FIN. `reset`: both get a TCP reset.
 * `go-on`: the receiver gets a close frame, and later messages as well.
 */
export type CloseStyle = "clean" | "no-frame" | "reset" | "go-on";

const defaultCode = 1011;

/** A control frame has at most 125 bytes, two of them for the code (RFC 6455 section 5.5). */
const longestReason = 123;

const reasonField: Setting<string> = {
  read: (value, _what, report) => readReason(value, report),
  schema: { type: "string", maxLength: longestReason },
  takes: `a string of at most ${longestReason} bytes in UTF-8`,
  meaning: "the reason in the close frame",
  fallback: { value: "" },
};

/** Closes the connection. */
export const close: Fault = defineFault({
  name: "close",
  layer: "frame",
  points: ["message", "connection"],
  final: true,
  takesCompressed: true,
  risksBilling: true,
  summary:
    "Closes the connection on both sides instead of forwarding the message. Any code is sent, even one that a close frame must not carry. Without a close frame, the TCP connections end or are reset. With `style: go-on`, the receiver of the message gets the close frame, and later messages follow as if nothing had happened.",
  breaks:
    "RFC 6455: section 7.4 if a close frame must not carry the code, section 7.1.1 if there is no close frame, section 5.5.1 if data follows it",
  goodPeer:
    "Answers with a close frame, connects again after a pause that grows, and repeats its transaction messages.",
  example: "close: { code: 1011, reason: maintenance }",
  settings: {
    code: integer("the code of the close frame", { min: 0, max: 65535 }, defaultCode),
    reason: reasonField,
    discardHeld: flag("discard messages that a delay still holds, instead of sending them first"),
    forward: flag("forward the message, as earlier faults left it, before the close"),
    style: word(
      "clean: close frame and FIN; no-frame: FIN only; reset: TCP reset; go-on: close frame only, then everything continues",
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
  explain: ({ code, reason, discardHeld, forward, style }, { point, words }) => {
    const isConnection = point === "connection";
    const what = isConnection ? words : "the connection";
    const when = isConnection ? "" : ` ${forward ? "after" : "instead of forwarding"} ${words}`;
    switch (style) {
      case "clean": {
        const why = reason === "" ? "" : ` and reason ${quote(reason)}`;
        const held = discardHeld ? " and discards held messages" : "";
        return `closes ${what} with code ${code}${why}${when}${held}`;
      }
      case "no-frame":
        return `closes ${what} without a close frame${when}`;
      case "reset":
        return `resets ${what}${when}`;
      case "go-on":
        return `sends a close frame with code ${code}${isConnection ? ` on ${words}` : when} and keeps the connection open`;
    }
  },
});

/** The receiver of the message gets the close frame; both sides get it if there is no message. */
const goOn = (
  { code, reason, forward }: CloseSettings,
  { copies, message: { type, direction } }: FaultInput,
): FaultOutcome => {
  const payload = closeBody(code, reason);
  const frameFor = (way: Direction): Uint8Array =>
    encodeFrame({ opcode: opcodes.close, payload, mask: usualMask(way) });
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
    `reason must be a string of at most ${longestReason} bytes in UTF-8, found ${show(value)}`,
  );
  return undefined;
};
