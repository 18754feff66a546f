// A message of live traffic as the admin API tells it, and how frames become one: bounded, whatever comes. What is too
// large or compressed in a way that cannot be read is told without its text.

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

/** A rule that acted on a message. */
export interface RuleTrace {
  readonly rule: string;
  readonly fault: string;
  readonly outcome: string;
}

/** A message that came in, as it came. */
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
  /** Of an answer, the action of its CALL. */
  readonly action: string | null;
  /** Of an answer, milliseconds since its CALL. */
  readonly latencyMs: number | null;
  /** Bytes of the payload. */
  readonly octets: number;
  /** The message; null where it is no text, or longer than is kept. */
  readonly text: string | null;
  /** The payload where it is no text. */
  readonly base64: string | null;
  /** What rules did to it. */
  readonly rules: RuleTrace[];
}

/** What can be said of a message without knowing whose it is. */
export type ReadMessage = Omit<LiveMessage, "seq" | "time" | "connection" | "identity" | "rules"> & {
  readonly at: number;
};

const openCalls = 1000;
const nameBytes = 512;

interface Lane {
  readonly stream: PartialMessage;
  readonly inflater: DirectionInflater;
}

/** Reads the messages of one connection. */
export class ConnectionReader {
  private readonly pairer: Pairer<number> = createPairer<number>(openCalls);
  private readonly lanes: Readonly<Record<Direction, Lane>>;

  constructor(opened: ConnectionOpenedEntry) {
    const terms: DeflateTerms | undefined = deflateTerms(opened.response);
    const lane = (direction: Direction): Lane => ({
      stream: noPartialMessage(),
      inflater: new DirectionInflater(inflate, terms?.takeover[direction] ?? true),
    });
    this.lanes = { "cp-to-csms": lane("cp-to-csms"), "csms-to-cp": lane("csms-to-cp") };
  }

  /** CALLs of a direction that have no answer yet. */
  open(direction: Direction): readonly OpenCall<number>[] {
    return this.pairer.open(direction);
  }

  /** Takes note of a CALL of our own, so that its answer is known by its action. */
  pushOwn({ raw, direction, at }: InjectedEntry): void {
    const header = readHeader(raw, 0);
    if (header === undefined || header.opcode !== opcodes.text) return;
    const bytes = raw.subarray(header.headerLength, header.headerLength + nameBytes);
    const seen = peek(textOf(header.mask === undefined ? bytes : applyMask(bytes, header.mask)));
    if (seen?.type === "CALL") this.pair(direction, seen, at);
  }

  /** The message that this frame makes whole. */
  push(entry: FrameEntry): ReadMessage | undefined {
    const header = readHeader(entry.raw, 0);
    if (header === undefined || isControl(header.opcode)) return undefined;
    const { stream, inflater } = this.lanes[entry.direction];
    const whole = joinFrame(stream, header, entry.raw);
    if (whole === undefined) return undefined;
    const at = entry.rx ?? 0;
    if (whole === "too-large") return this.told(entry.direction, at, undefined, entry.raw.length, null, null);
    const payload = stream.compressed ? inflater.message(whole) : whole;
    if (payload === undefined)
      return this.told(entry.direction, at, undefined, whole.length, null, toBase64(whole));
    const text = exactText(payload);
    const seen = peek(textOf(payload.subarray(0, nameBytes)));
    const base64 = text === undefined ? toBase64(payload) : null;
    return this.told(entry.direction, at, seen, payload.length, text ?? null, base64);
  }

  private told(
    direction: Direction,
    at: number,
    seen: Peek | undefined,
    octets: number,
    text: string | null,
    base64: string | null,
  ): ReadMessage {
    const { type = "unreadable", id = null } = seen ?? {};
    const call = seen === undefined ? undefined : this.pair(direction, seen, at);
    const latencyMs = call === undefined ? null : Math.max(0, at - call.tag) / 1e6;
    const action = seen?.action ?? call?.action ?? null;
    return { at, direction, type, id, action, latencyMs, octets, text, base64 };
  }

  private pair(direction: Direction, seen: Peek, at: number): OpenCall<number> | undefined {
    if (seen.type === "CALL") this.pairer.call(direction, seen.id, seen.action ?? "", at);
    // A CALLRESULTERROR answers an answer: its CALL is closed already.
    const isAnswer = seen.type === "CALLRESULT" || seen.type === "CALLERROR";
    return isAnswer ? this.pairer.answer(direction, seen.id) : undefined;
  }
}
