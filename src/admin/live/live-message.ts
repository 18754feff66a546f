// The messages of live traffic, as the admin API shows them, and how they are read from frames. Memory is bounded: a
// message that is too large, or whose compression cannot be read, is shown without its text.

import { type DeflateTerms, DirectionInflater, deflateTerms } from "../../analyse/messages/deflate.js";
import { joinFrame, noPartialMessage, type PartialMessage } from "../../analyse/watch/collect-message.js";
import { exactText, text as textOf } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, FrameEntry, InjectedEntry } from "../../cassette/format/entry.js";
import { inflate } from "../../io/platform/inflate.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { createPairer, type OpenCall, type Pairer } from "../../ocpp/envelope/pairer.js";
import { type Peek, peek } from "../../ocpp/envelope/peek.js";
import { toBase64 } from "../../text/base64.js";
import { applyMask, isControl, opcodes, readHeader } from "../../wire/websocket/frame.js";

/** A fault that a rule applied to a message. */
export interface AppliedFault {
  readonly rule: string;
  readonly fault: string;
  readonly outcome: string;
}

/** A message as it came in. */
export interface LiveMessage {
  /** Counts the messages of the run from 1. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The connection's id in this API. */
  readonly connection: string;
  readonly identity: string;
  readonly direction: Direction;
  readonly type: MessageType | "unreadable";
  readonly id: string | null;
  /** An answer has the action of its CALL. */
  readonly action: string | null;
  /** Milliseconds from the CALL to this answer; null for other messages. */
  readonly latencyMs: number | null;
  /** Bytes of the payload. */
  readonly octets: number;
  /** The payload as text; null if it is not UTF-8, or too large to be kept. */
  readonly text: string | null;
  /** The payload in Base64 if it is not UTF-8. */
  readonly base64: string | null;
  /** What rules did to it, in order. */
  readonly rules: readonly AppliedFault[];
}

/** A message of one connection, before it gets its number. */
export type ReadMessage = Omit<LiveMessage, "seq" | "time" | "connection" | "identity" | "rules"> & {
  /** When it came, in nanoseconds since the start of the run. */
  readonly atNs: number;
};

const maxOpenCalls = 1000;
/** Type, id and action of a message are looked for in its first bytes. */
const headBytes = 512;

interface DirectionState {
  readonly stream: PartialMessage;
  readonly inflater: DirectionInflater;
}

/** Reads the messages of one connection. */
export class ConnectionReader {
  private readonly pairer: Pairer<number> = createPairer<number>(maxOpenCalls);
  private readonly directions: Readonly<Record<Direction, DirectionState>>;

  constructor(opened: ConnectionOpenedEntry) {
    const terms: DeflateTerms | undefined = deflateTerms(opened.response);
    const state = (direction: Direction): DirectionState => ({
      stream: noPartialMessage(),
      inflater: new DirectionInflater(inflate, terms?.takeover[direction] ?? true),
    });
    this.directions = { "cp-to-csms": state("cp-to-csms"), "csms-to-cp": state("csms-to-cp") };
  }

  /** The CALLs of a direction that have no answer yet. */
  open(direction: Direction): readonly OpenCall<number>[] {
    return this.pairer.open(direction);
  }

  /** Notes an injected CALL, so that its answer gets its action. */
  pushInjected({ raw, direction, at }: InjectedEntry): void {
    const header = readHeader(raw, 0);
    if (header === undefined || header.opcode !== opcodes.text) return;
    const bytes = raw.subarray(header.headerLength, header.headerLength + headBytes);
    const seen = peek(textOf(header.mask === undefined ? bytes : applyMask(bytes, header.mask)));
    if (seen?.type === "CALL") this.pair(direction, seen, at);
  }

  /** Takes a frame; gives the message that it completes. */
  push(entry: FrameEntry): ReadMessage | undefined {
    const header = readHeader(entry.raw, 0);
    if (header === undefined || isControl(header.opcode)) return undefined;
    const { stream, inflater } = this.directions[entry.direction];
    const whole = joinFrame(stream, header, entry.raw);
    if (whole === undefined) return undefined;
    const atNs = entry.rx ?? 0;
    if (whole === "too-large")
      return this.message(entry.direction, atNs, undefined, entry.raw.length, null, null);
    const payload = stream.compressed ? inflater.message(whole) : whole;
    if (payload === undefined)
      return this.message(entry.direction, atNs, undefined, whole.length, null, toBase64(whole));
    const text = exactText(payload);
    const seen = peek(textOf(payload.subarray(0, headBytes)));
    const base64 = text === undefined ? toBase64(payload) : null;
    return this.message(entry.direction, atNs, seen, payload.length, text ?? null, base64);
  }

  private message(
    direction: Direction,
    atNs: number,
    seen: Peek | undefined,
    octets: number,
    text: string | null,
    base64: string | null,
  ): ReadMessage {
    const { type = "unreadable", id = null } = seen ?? {};
    const call = seen === undefined ? undefined : this.pair(direction, seen, atNs);
    const latencyMs = call === undefined ? null : Math.max(0, atNs - call.tag) / 1e6;
    const action = seen?.action ?? call?.action ?? null;
    return { atNs, direction, type, id, action, latencyMs, octets, text, base64 };
  }

  private pair(direction: Direction, seen: Peek, atNs: number): OpenCall<number> | undefined {
    if (seen.type === "CALL") this.pairer.call(direction, seen.id, seen.action ?? "", atNs);
    // A CALLRESULTERROR answers a CALLRESULT, which has closed the CALL already.
    const isAnswer = seen.type === "CALLRESULT" || seen.type === "CALLERROR";
    return isAnswer ? this.pairer.answer(direction, seen.id) : undefined;
  }
}
