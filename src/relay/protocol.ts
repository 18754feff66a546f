// The events and commands between the machine of one proxied connection and the shell that owns its sockets. Every `atNs`
// is in nanoseconds since the session's start.

import type { Side } from "../base/direction.js";
import type { Entry } from "../cassette/format/entry.js";
import type { Action, RuledAction } from "../rules/contract/action.js";
import type { OperatorCommand } from "./operator-command.js";

/** Something happened at one of the two sockets, or a timer rang. */
export type RelayEvent =
  /** The connection has opened; comes before all others. */
  | { readonly kind: "start"; readonly atNs: number }
  | { readonly kind: "bytes"; readonly from: Side; readonly atNs: number; readonly chunk: Uint8Array }
  | { readonly kind: "end"; readonly from: Side; readonly atNs: number }
  | { readonly kind: "reset"; readonly from: Side; readonly atNs: number }
  | { readonly kind: "timer"; readonly id: string; readonly atNs: number }
  | { readonly kind: "operator"; readonly command: OperatorCommand; readonly atNs: number }
  /** The program ends: send what is held, end both sides. */
  | { readonly kind: "stop"; readonly atNs: number };

/** What the shell does, in this order. */
export type RelayCommand =
  | { readonly kind: "write"; readonly to: Side; readonly bytes: Uint8Array }
  /** `sent`: the entry's `tx` is the time of the write before it, which only the shell knows. */
  | { readonly kind: "record"; readonly entry: Entry; readonly sent: boolean }
  | { readonly kind: "end"; readonly to: Side }
  /** Reset the connection once everything written has left, after 2 s at the latest. */
  | { readonly kind: "reset"; readonly to: Side }
  /** A pause with a reason ends only with a `resume` for the same reason. */
  | { readonly kind: "pause"; readonly from: Side; readonly why?: "shaped" }
  | { readonly kind: "resume"; readonly from: Side; readonly why?: "shaped" }
  /** Ring the timer of this id after so many milliseconds; setting an id again replaces it. */
  | { readonly kind: "timer"; readonly id: string; readonly ms: number }
  /** A rule wants something of the run as a whole. */
  | { readonly kind: "run"; readonly ruled: RunAction }
  /** Both sides are done; no event is needed any more. */
  | { readonly kind: "done" };

/** An action that is about more than one connection. */
export type RunAction = RuledAction & { readonly action: Extract<Action, { kind: "down" | "kick" }> };
