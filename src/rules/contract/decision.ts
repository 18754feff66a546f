// What the rules make of one message: which faults acted on it, and what the relay sends, delays and does because of
// them. Bytes and data only.

import type { Action, CloseAction, RuledAction } from "./action.js";
import type { WaitCondition } from "./wait.js";

/** One application of a fault, as a decision entry of the cassette records it. */
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

/** Everything that the rules together do to a message. */
export interface Decision {
  readonly applied: readonly Applied[];
  /** What to write instead of the message; empty where it was dropped, and in `noEffect`. */
  readonly copies: readonly Uint8Array[];
  /** Whether `copies` differ from the one original; where false, the frames go out as they came. */
  readonly isChanged: boolean;
  readonly delayMs: number;
  /** Whether the delay holds only this message, or everything after it as well. */
  readonly holds: "message" | "lane";
  /** What the copies wait for, outside the order of the lane. */
  readonly wait: WaitCondition | undefined;
  /** Time between the copies, in milliseconds. */
  readonly gapMs: number;
  /** With `gapMs`: how many copies go out together each time. */
  readonly together: number;
  /** Comes after the copies. */
  readonly close: CloseAction | undefined;
  /** What else the relay does after the copies. */
  readonly actions: readonly RuledAction[];
  /** The first rule that could not act because the message is compressed. */
  readonly skippedRule: string | undefined;
}

/** No rule acts: the frames go out as they came. One shared value. */
export const noEffect: Decision = {
  applied: [],
  copies: [],
  isChanged: false,
  delayMs: 0,
  holds: "message",
  wait: undefined,
  gapMs: 0,
  together: 1,
  close: undefined,
  actions: [],
  skippedRule: undefined,
};

/** The actions that one application of a fault asked for. */
export function actionsBy({ actions }: Decision, { rule, fault }: Applied): readonly Action[] {
  return actions.filter((one) => one.rule === rule && one.fault === fault).map(({ action }) => action);
}
