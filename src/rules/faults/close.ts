// close: the connection is closed in place of the message, with a close frame (RFC 6455 section 5.5.1). Codes
// that no close frame may carry are sent as they are written. Final.

import { utf8 } from "../../base/bytes.js";
import {
  type Member,
  quote,
  type Report,
  readBoolean,
  readInteger,
  readMap,
  show,
  type Value,
} from "../value.js";
import type { Fault } from "./fault.js";

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

/** Ends the connection. */
export const close: Fault<CloseSettings> = {
  final: true,
  read: (value, report) => {
    const members = readMap(value, "close", ["code", "reason", "discardHeld", "forward"], report);
    if (members === undefined) return undefined;
    const code = members.get("code");
    return {
      code: (code && readInteger(code.value, "code", { min: 0, max: 65535 }, report)) ?? defaultCode,
      reason: readReason(members.get("reason")?.value, report),
      discardHeld: flag(members.get("discardHeld"), report),
      forward: flag(members.get("forward"), report),
    };
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
};

const readReason = (value: Value | undefined, report: Report): string => {
  if (value === undefined) return "";
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
  return "";
};

const flag = (member: Member | undefined, report: Report): boolean =>
  (member && readBoolean(member.value, member.key, report)) ?? false;
