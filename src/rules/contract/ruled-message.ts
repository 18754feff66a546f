// The one shape of a message on the rule path: conditions, triggers, faults, the state of the charge point, waits and the
// relay all read it. One object is made for every message, so everything that costs time is done when it is asked for.

import { concat } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { hasEmptyPayload } from "../../ocpp/envelope/peek-bytes.js";
import { type Followed, follow } from "../../ocpp/json/pointer.js";
import type { OcppVersion } from "../../ocpp/version.js";
import { messageText } from "../../wire/websocket/assembler.js";
import { type FrameView, isControl } from "../../wire/websocket/frame.js";
import type { StationState } from "./station-state.js";

/** The connection that a message came on. */
export interface RuledConnection {
  readonly identity: string;
  /** Number among the connections of this identity in the run, from 1; 0 before there is a connection. */
  readonly ordinal: number;
  /** What the subprotocol names; undefined where it names no known version. */
  readonly version: OcppVersion | undefined;
  /** Whether the peers agreed to compress their messages (permessage-deflate, RFC 7692). */
  readonly compresses: boolean;
  /** When the connection opened, in nanoseconds since the session's start. */
  readonly openedAtNs: number;
  /** When the session began, in milliseconds since 1970. */
  readonly sessionStartMs: number;
  /** The state of the charge point. */
  readonly station: StationState;
}

/** The direction of a connection that a message came in. */
export interface RuledLane {
  readonly connection: RuledConnection;
  readonly direction: Direction;
  /** How many messages of this direction are held back now, outside their order. */
  readonly heldBack: number;
}

const noFrames: readonly FrameView[] = [];
/** RSV1, the mark of a compressed message (RFC 7692 section 6). */
const compressedBit = 4;

/** A message, a control frame, or an event of a connection, as rules see it. */
export class RuledMessage {
  readonly lane: RuledLane;
  readonly direction: Direction;
  readonly type: DecidedType;
  readonly id: string | undefined;
  /** Of an answer: the action of its CALL; undefined where that is unknown. */
  readonly action: string | undefined;
  /** The data frames as they came, or the one control frame; none for an event. */
  readonly frames: readonly FrameView[];
  /** When it came, in nanoseconds since the session's start. */
  readonly atNs: number;
  /** It answers a CALL of our own, which is no part of the peers' dialogue. The relay finds that out. */
  answersUs: boolean;
  private parsed: unknown;
  private isParsed: boolean;
  /** What conditions have found, by the numbers of their pointers. */
  private followed: Followed[] | undefined;

  constructor(
    lane: RuledLane,
    { type, id, action }: Pick<RuledMessage, "type" | "id" | "action">,
    frames: readonly FrameView[],
    atNs: number,
  ) {
    this.lane = lane;
    this.direction = lane.direction;
    this.type = type;
    this.id = id;
    this.action = action;
    this.frames = frames;
    this.atNs = atNs;
    this.answersUs = false;
    this.parsed = undefined;
    this.isParsed = false;
    this.followed = undefined;
  }

  get identity(): string {
    return this.lane.connection.identity;
  }

  /** Number of the connection among those of this identity in the run, from 1; 0 before there is a connection. */
  get ordinal(): number {
    return this.lane.connection.ordinal;
  }

  get version(): OcppVersion | undefined {
    return this.lane.connection.version;
  }

  /** Nanoseconds since the connection opened. */
  get ageNs(): number {
    return this.atNs - this.lane.connection.openedAtNs;
  }

  /** Milliseconds since 1970. */
  get wallMs(): number {
    return this.lane.connection.sessionStartMs + this.atNs / nsPerMs;
  }

  /** The state of the charge point before this message. */
  get station(): StationState {
    return this.lane.connection.station;
  }

  /** How many messages of this direction are held back now, outside their order. */
  get heldBack(): number {
    return this.lane.heldBack;
  }

  /** It is compressed as both peers agreed, so that the messages after it may depend on it. */
  get isCompressed(): boolean {
    const [first] = this.frames;
    if (first === undefined || !this.lane.connection.compresses) return false;
    return (first.rsv & compressedBit) !== 0 && !isControl(first.opcode);
  }

  /** The frames as they came, joined. */
  get bytes(): Uint8Array {
    return concat(this.frames.map((frame) => frame.raw));
  }

  /** The parsed OCPP payload of a CALL, SEND or CALLRESULT; undefined where there is none or it cannot be read. */
  payload(): unknown {
    if (!this.isParsed) {
      this.isParsed = true;
      this.parsed = payloadOf(this.frames);
    }
    return this.parsed;
  }

  /** What the payload holds at a pointer. The number of the pointer stands for it; it is followed once. */
  valueAt(number: number, steps: readonly string[]): Followed {
    this.followed ??= [];
    const known = this.followed[number];
    if (known !== undefined) return known;
    const found = follow(this.payload(), steps);
    this.followed[number] = found;
    return found;
  }
}

/** A TLS handshake, an upgrade, or a connection by itself, for rules that act without a message. */
export function connectionEvent(
  connection: RuledConnection,
  type: "tls" | "upgrade" | "connection",
  atNs: number,
  action?: string,
): RuledMessage {
  // An event has no direction of its own; decisions record it as the charger's.
  const lane = { connection, direction: "cp-to-csms", heldBack: 0 } as const;
  return new RuledMessage(lane, { type, id: undefined, action }, noFrames, atNs);
}

const payloadOf = (frames: readonly FrameView[]): unknown => {
  const [first] = frames;
  if (first === undefined || isControl(first.opcode)) return undefined;
  if (frames.length === 1 && hasEmptyPayload(first.raw, first.headerLength, first.mask)) return {};
  const envelope = parseEnvelope(messageText(frames));
  switch (envelope.kind) {
    case "unreadable":
    case "call-error":
    case "call-result-error":
      return undefined;
    default:
      return envelope.payload;
  }
};
