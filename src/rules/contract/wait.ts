// What a message that is taken out of the order of its lane waits for. Every kind is bounded by time, and a command
// of a person ends it at once; a close frame and the end of the stream never overtake it.

import type { Direction } from "../../base/direction.js";
import type { DecidedType, MessageType } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";

/** Which message of either direction is waited for; what is undefined asks nothing. */
export interface AwaitedMessage {
  readonly direction: Direction | undefined;
  readonly type: MessageType | undefined;
  /** A glob. */
  readonly action: string | undefined;
  readonly id: string | undefined;
}

/** What a message waits for, and how long at most. */
export type WaitCondition =
  /** Until so many messages of its own direction have passed; `only` counts CALLs alone. */
  | {
      readonly kind: "messages";
      readonly count: number;
      readonly only: "CALL" | undefined;
      readonly withinMs: number;
    }
  | { readonly kind: "message"; readonly awaited: AwaitedMessage; readonly withinMs: number }
  | { readonly kind: "command"; readonly withinMs: number }
  /** Until time has passed, and nothing but time. */
  | { readonly kind: "time"; readonly withinMs: number };

/** Whether a message that passes is the one that is waited for. */
export function isAwaited(
  awaited: AwaitedMessage,
  direction: Direction,
  about: { readonly type: DecidedType; readonly id: string | undefined; readonly action: string | undefined },
): boolean {
  if (awaited.direction !== undefined && awaited.direction !== direction) return false;
  if (awaited.type !== undefined && awaited.type !== about.type) return false;
  if (awaited.id !== undefined && awaited.id !== about.id) return false;
  return (
    awaited.action === undefined || (about.action !== undefined && matchesGlob(awaited.action, about.action))
  );
}
