// What goes into a decision and what comes out of it: the frames of a message, the trace of what rules did to
// it, and what the lane has to do. Bytes only; says nothing about how a delay is held or a close is sent.

import type { Direction } from "../../base/direction.js";
import type { FrameView } from "../../wire/websocket/frame.js";
import type { Action } from "./action.js";
import type { WaitCondition } from "./wait.js";

/** The data frames of one message as they came. */
export interface MessageView {
  readonly direction: Direction;
  readonly frames: readonly FrameView[];
  /** It is compressed as both peers agreed, so that what comes behind it may depend on it. */
  readonly isCompressed?: boolean;
}

/** How a connection is to be closed. */
export interface CloseAction {
  readonly code: number;
  readonly reason: string;
  /** Messages that a delay still holds are thrown away; otherwise the close follows the last of them. */
  readonly discardHeld: boolean;
  /** The streams end without a close frame. */
  readonly withoutFrame?: true;
}

/** One application of a fault: what a decision entry on the cassette tells. */
export interface Applied {
  readonly rule: string;
  readonly fault: string;
  /** Number among the messages of that direction, type and action on that connection, from 1. */
  readonly ordinal: number;
  /** The draw of the fault, else that of its trigger, in [0, 1); null where neither needed one. */
  readonly draw: number | null;
  /** `delayed 240 ms`, `dropped`, `duplicated 1 time`, `malformed invalid-json`, `closed 1011` ... */
  readonly outcome: string;
  /** What goes out after this fault, one element a copy (its frames joined). */
  readonly sent: readonly Uint8Array[];
}

/** Everything that the rules together want done with a message. */
export interface Effect {
  readonly delayMs: number;
  /** Whether only this message waits, or everything behind it as well. */
  readonly holds: "message" | "lane";
  /** What to write in place of the message; empty where it was dropped, and in `noEffect`. */
  readonly copies: readonly Uint8Array[];
  /** Whether `copies` differ from the one original; where false, the frames go out as they came. */
  readonly changed: boolean;
  /** Comes after the copies. */
  readonly close: CloseAction | undefined;
  /** What the copies wait for, outside the order of the lane. */
  readonly wait: WaitCondition | undefined;
  /** Time between the copies, in milliseconds. */
  readonly gapMs: number;
  /** How many of them go out together each time. */
  readonly together: number;
  /** What else the relay shall do behind the copies, with the rule that asks for it. */
  readonly actions: readonly RuledAction[];
}

/** An action and the rule that wants it. */
export interface RuledAction {
  readonly action: Action;
  readonly rule: string;
  readonly fault: string;
}

/** What was done to a message, and what follows from it. */
export interface Decision {
  readonly applied: readonly Applied[];
  readonly effect: Effect;
  /** The first rule that could not act because the message is compressed. */
  readonly hindered?: string | undefined;
}

/** The actions that one application of a fault asked for. */
export function actionsOf({ effect }: Decision, { rule, fault }: Applied): readonly Action[] {
  return effect.actions.filter((one) => one.rule === rule && one.fault === fault).map(({ action }) => action);
}

/** The effect of no rule at all: the frames go out as they came. One shared value. */
export const noEffect: Effect = {
  delayMs: 0,
  holds: "message",
  copies: [],
  changed: false,
  close: undefined,
  wait: undefined,
  gapMs: 0,
  together: 1,
  actions: [],
};

/** The decision that no rule had a part in. One shared value. */
export const noDecision: Decision = { applied: [], effect: noEffect };
