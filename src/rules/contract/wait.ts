// What a message waits for that is taken out of the order of its lane. Every wait is bounded by time, and the operator can
// end it at any moment; a close frame and the end of the stream never overtake a waiting message.

import type { Direction } from "../../base/direction.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import type { RuledMessage } from "./ruled-message.js";

/** Which message of either direction ends a wait; an undefined part matches every message. */
export interface AwaitedMessage {
  readonly direction: Direction | undefined;
  readonly type: MessageType | undefined;
  /** A glob. */
  readonly action: string | undefined;
  readonly id: string | undefined;
}

/** What a message waits for, and the longest that it waits. */
export type WaitCondition =
  /** Until `count` messages of its own direction have been sent; `only` counts CALLs alone. */
  | {
      readonly kind: "messages";
      readonly count: number;
      readonly only: "CALL" | undefined;
      readonly withinMs: number;
    }
  | { readonly kind: "message"; readonly awaited: AwaitedMessage; readonly withinMs: number }
  /** Until the operator releases it. */
  | { readonly kind: "command"; readonly withinMs: number }
  /** Until the time is over, and for nothing else. */
  | { readonly kind: "time"; readonly withinMs: number };

/** Whether this is the message that ends a wait. */
export function isAwaited(
  awaited: AwaitedMessage,
  { direction, type, id, action }: Pick<RuledMessage, "direction" | "type" | "id" | "action">,
): boolean {
  if (awaited.direction !== undefined && awaited.direction !== direction) return false;
  if (awaited.type !== undefined && awaited.type !== type) return false;
  if (awaited.id !== undefined && awaited.id !== id) return false;
  return awaited.action === undefined || (action !== undefined && matchesGlob(awaited.action, action));
}
