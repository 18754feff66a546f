// What a rule can ask about a message. Made by whoever carries the message; the payload is parsed only when a
// rule asks for it, because that costs more than everything else on the way.

import type { Direction } from "../../base/direction.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import type { OcppVersion } from "../../ocpp/version.js";

/** A message, a control frame, or the beginning of a connection, as rules see it. */
export interface RuledMessage {
  /** When it came, in nanoseconds since the session's start. */
  readonly at: number;
  readonly identity: string;
  /** Number of the connection among those of this identity in the run, from 1. */
  readonly ordinal: number;
  readonly direction: Direction;
  /** What the connection's subprotocol says; undefined where it says nothing that is known. */
  readonly version: OcppVersion | undefined;
  readonly type: DecidedType;
  readonly id: string | undefined;
  /** Of an answer: the action of its CALL; undefined where that is unknown. */
  readonly action: string | undefined;
  /** The parsed OCPP payload of a CALL, SEND or CALLRESULT; undefined where there is none or it cannot be read. */
  readonly payload: () => unknown;
  /** How many messages of this direction are held back now, outside their order. */
  readonly heldBack?: number;
}
