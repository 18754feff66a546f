// The shape of a fault: how its settings are read, what it does to a message, how it says so. A fault sees the
// copies as earlier faults left them and gives new ones; it never writes to octets it was given, holds no
// state, and knows neither time nor sockets: a delay and a close are things it asks for.

import type { CloseOrder } from "../message-view.js";
import type { Observation } from "../observation.js";
import type { Report, Value } from "../value.js";

/** What a fault is given. */
export interface FaultInput {
  readonly observation: Observation;
  /** What would go out, one element a copy, each one message's frames joined. */
  readonly copies: readonly Uint8Array[];
  /** The draw of this fault for this message, in [0, 1); a fault that needs several names the further ones. */
  readonly draw: (part?: string) => number;
}

/** What a fault did. */
export interface FaultOutcome {
  /** One word and its figures, in the past tense. */
  readonly outcome: string;
  /** What goes out now; the very list that came in where nothing changed. */
  readonly copies: readonly Uint8Array[];
  /** The draw it made; null where it needed none. */
  readonly draw: number | null;
  readonly delay?: { readonly ms: number; readonly holds: "message" | "lane" };
  readonly close?: CloseOrder;
}

/** One thing that a rule can do to a message. */
export interface Fault<Settings> {
  /** Whether it ends the chain, that of later rules as well. */
  readonly final: boolean;
  /** Reads the settings; everything wrong is reported. */
  readonly read: (value: Value, report: Report) => Settings | undefined;
  readonly apply: (settings: Settings, input: FaultInput) => FaultOutcome;
  /** What it does, as it follows the word "is". */
  readonly explain: (settings: Settings) => string;
}
