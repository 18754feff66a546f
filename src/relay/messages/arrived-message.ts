// A message that has come by, as rules look at it: what it is, on whose connection, and the frames that carry it. One
// object for all of that, because it is made for every message; what the message says is parsed when a rule asks.

import type { Direction } from "../../base/direction.js";
import { parseEnvelope } from "../../ocpp/envelope/parse-envelope.js";
import { hasEmptyPayload } from "../../ocpp/envelope/peek-bytes.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { MessageView } from "../../rules/contract/effect.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import { messageText } from "../../wire/websocket/assembler.js";
import type { FrameView } from "../../wire/websocket/frame.js";
import type { Named } from "./listener.js";

/** Whose messages they are. */
export interface Whose {
  readonly identity: string;
  /** Number among the connections of this identity in this run, from 1. */
  readonly ordinal: number;
  /** What the subprotocol names. */
  readonly version: OcppVersion | undefined;
  /** Whether the peers agreed to compress their messages. */
  readonly compresses: boolean;
}

/** RSV1, which says that the message is compressed (RFC 7692 section 6). */
const compressedBit = 4;

/** One message of one direction. */
export class ArrivedMessage implements RuledMessage, MessageView {
  readonly at: number;
  readonly identity: string;
  readonly ordinal: number;
  readonly direction: Direction;
  readonly version: OcppVersion | undefined;
  readonly type: Named["type"];
  readonly id: string | undefined;
  readonly action: string | undefined;
  readonly heldBack: number;
  readonly frames: readonly FrameView[];
  readonly isCompressed: boolean;

  constructor(
    whose: Whose,
    direction: Direction,
    about: Named,
    frames: readonly FrameView[],
    at: number,
    heldBack: number,
  ) {
    this.at = at;
    this.identity = whose.identity;
    this.ordinal = whose.ordinal;
    this.direction = direction;
    this.version = whose.version;
    this.type = about.type;
    this.id = about.id;
    this.action = about.action;
    this.heldBack = heldBack;
    this.frames = frames;
    this.isCompressed = whose.compresses && ((frames[0]?.rsv ?? 0) & compressedBit) !== 0;
  }

  payload(): unknown {
    const [only] = this.frames;
    const isWhole = only !== undefined && this.frames.length === 1;
    if (isWhole && hasEmptyPayload(only.raw, only.headerLength, only.mask)) return {};
    const envelope = parseEnvelope(messageText(this.frames));
    switch (envelope.kind) {
      case "unreadable":
      case "call-error":
      case "call-result-error":
        return undefined;
      default:
        return envelope.payload;
    }
  }
}
