// What a relay is told and what it asks for: the events and commands between the machine of one proxied
// connection and its shell. Data only.

import type { Side } from "../base/direction.js";
import type { Entry } from "../cassette/format/entry.js";
import type { Action } from "../rules/contract/action.js";
import type { RuledAction } from "../rules/contract/effect.js";
import type { OperatorCommand } from "./operator-command.js";

/** What happened at one of the two sockets, or to a timer; `at` in nanoseconds since the session's start. */
export type RelayEvent =
  /** The connection has come about; comes before all others. */
  | { readonly kind: "start"; readonly at: number }
  | { readonly kind: "bytes"; readonly from: Side; readonly at: number; readonly chunk: Uint8Array }
  | { readonly kind: "end"; readonly from: Side; readonly at: number }
  | { readonly kind: "reset"; readonly from: Side; readonly at: number }
  | { readonly kind: "timer"; readonly id: string; readonly at: number }
  /** Somebody at the controls wants something. */
  | { readonly kind: "operator"; readonly command: OperatorCommand; readonly at: number }
  /** The program ends: hand on what is held, end both sides. */
  | { readonly kind: "stop"; readonly at: number };

/** What the shell shall do, in this order. */
export type RelayCommand =
  | { readonly kind: "write"; readonly to: Side; readonly bytes: Uint8Array }
  /** `sent`: the entry's `tx` is the time of the write before it, which only the shell knows. */
  | { readonly kind: "record"; readonly entry: Entry; readonly sent: boolean }
  | { readonly kind: "end"; readonly to: Side }
  /** Reset the connection once what was written has left, after 2 s at the latest. */
  | { readonly kind: "reset"; readonly to: Side }
  /** Each reason for a pause is one of its own: what paused must resume. */
  | { readonly kind: "pause"; readonly from: Side; readonly why?: "shaped" }
  | { readonly kind: "resume"; readonly from: Side; readonly why?: "shaped" }
  /** Wake the machine with this id after so many milliseconds; setting an id again replaces it. */
  | { readonly kind: "timer"; readonly id: string; readonly ms: number }
  /** A rule wants something of the run as a whole. */
  | { readonly kind: "run"; readonly ruled: RunAction }
  /** Both sides are done; nothing more will be asked. */
  | { readonly kind: "done" };

/** An action that is about more than one connection. */
export type RunAction = RuledAction & { readonly action: Extract<Action, { kind: "down" | "kick" }> };
