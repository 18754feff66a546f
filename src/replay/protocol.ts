// The events and commands of the simulated charge point, and what it reports. Data only; times are in nanoseconds since
// the run's start.

import type { Difference, Likeness } from "../analyse/compare/compare.js";
import type { Latency } from "../analyse/compare/slowdown.js";
import type { Direction } from "../base/direction.js";
import type { Entry } from "../cassette/format/entry.js";
import type { MessageType } from "../ocpp/envelope/message-type.js";

/** What happened. */
export type StationEvent =
  | { readonly kind: "start"; readonly atNs: number }
  /** The CSMS answered the upgrade with 101; `head` is its answer as it came. */
  | {
      readonly kind: "dialled";
      readonly connection: number;
      readonly atNs: number;
      readonly head: Uint8Array;
    }
  | {
      readonly kind: "refused";
      readonly connection: number;
      readonly atNs: number;
      readonly by: "csms" | "network";
      readonly status: number | null;
      readonly reason: string;
      readonly head: Uint8Array | null;
      readonly body: Uint8Array;
      /** When the CSMS asks to be dialled again (Retry-After, RFC 9110 section 10.2.3); missing where it does not. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: "bytes"; readonly connection: number; readonly atNs: number; readonly chunk: Uint8Array }
  /** The CSMS ended its half of the stream, or reset the connection. */
  | {
      readonly kind: "ended";
      readonly connection: number;
      readonly atNs: number;
      readonly how: "end" | "reset";
    }
  | { readonly kind: "timer"; readonly id: string; readonly atNs: number }
  /** Manual pace: the operator sends the next message, or all that are left. */
  | { readonly kind: "step"; readonly atNs: number; readonly all: boolean }
  /** The operator's answer to the command `ask`. */
  | { readonly kind: "operator-answer"; readonly atNs: number; readonly answer: "send" | "skip" | "fail" }
  /** The operator ends the run now. */
  | { readonly kind: "stop"; readonly atNs: number };

/** What the shell has to do, in this order. */
export type StationCommand =
  | { readonly kind: "dial"; readonly connection: number; readonly head: Uint8Array }
  | { readonly kind: "send"; readonly connection: number; readonly bytes: Uint8Array }
  /** End the station's half of the stream after what was sent. */
  | { readonly kind: "end"; readonly connection: number }
  | { readonly kind: "reset"; readonly connection: number }
  /** Send the event `timer` with this id after this time; it replaces every earlier timer. */
  | {
      readonly kind: "timer";
      readonly id: string;
      readonly ms: number;
      /** Whether a virtual clock may skip this time, because nothing comes from the CSMS or its target in it. */
      readonly skippable: boolean;
    }
  /** Manual pace: show the message that the next event `step` sends. */
  | { readonly kind: "step"; readonly next: NextStep }
  /** Ask the operator what to do without a call; the answer is the event `operator-answer`. */
  | { readonly kind: "ask"; readonly waiting: AwaitedCall }
  | { readonly kind: "cancel"; readonly id: string }
  | { readonly kind: "record"; readonly entry: Entry }
  | { readonly kind: "report"; readonly report: StationReport }
  | { readonly kind: "finish"; readonly outcome: Outcome };

/** What a compared message comes to; `expected`: its difference is an expected failure. */
export type Result = Likeness | "missing" | "unexpected" | "expected";

/** The recorded and the live exchange of a compared message, for reports that show both. */
export interface ComparedExchange {
  /** The step of the plan; undefined for calls of the CSMS. */
  readonly step: number | undefined;
  /** The recorded call of the CSMS; undefined for steps, and for calls that the recording does not have. */
  readonly expectation: number | undefined;
  /** When its call was sent; null where it was not sent, or where the time is not known. */
  readonly recordedAtNs: number | null;
  readonly liveAtNs: number | null;
  readonly recorded: ExchangeTexts;
  readonly live: ExchangeTexts;
}

/** The texts of a call and its answer; undefined where there is none. */
export interface ExchangeTexts {
  readonly call: string | undefined;
  readonly answer: string | undefined;
}

/** A message of the plan that waits to be sent. */
export interface NextStep {
  readonly step: number;
  readonly connection: number;
  readonly type: MessageType | "unreadable";
  readonly action: string | null;
  readonly id: string | null;
}

/** A call of the CSMS that a step waits for. */
export interface AwaitedCall {
  readonly kind: "waiting";
  /** The step that waits, by its number in the plan. */
  readonly step: number;
  readonly connection: number;
  /** The action of the call. */
  readonly for: string;
  /** The characters of its payload, with the values of this run instead of the recorded ones. */
  readonly payload: string;
  /** The recorded call, and its message id. */
  readonly call: string;
  readonly id: string;
  /** What the step is to the call, in words. */
  readonly because: string;
  readonly timeoutMs: number;
}

/** An answer after which a station would have behaved differently from the recorded one. */
export interface Fork {
  readonly kind: "fork";
  /** Counts from 1. */
  readonly id: number;
  readonly what: string;
  /** The step whose answer it is. */
  readonly step: number;
  readonly connection: number;
  readonly action: string;
  /** The statuses, or the error codes, or `nothing`. */
  readonly recorded: string;
  readonly live: string;
  /** How many later steps depend on it. */
  readonly behind: number;
}

/** A fork, and how many messages that depend on it, its own included, are not as recorded. */
export interface ForkCount extends Fork {
  readonly differences: number;
}

/** How one message compares with the recording. */
export interface Compared {
  readonly kind: "compared";
  readonly result: Result;
  readonly connection: number;
  readonly direction: Direction;
  readonly type: MessageType | "unreadable" | "upgrade";
  readonly action: string | null;
  readonly id: string | null;
  readonly differences: readonly Difference[];
  /** The reason for the result where it needs one; "" else. */
  readonly why: string;
  /** The id of the fork that it depends on. */
  readonly fork?: number;
  /** For an answer: how long it took. */
  readonly latencyMs?: Latency;
  readonly exchange?: ComparedExchange;
}

/** A message of the station without an answer to compare. */
export interface Sent {
  readonly kind: "sent";
  readonly connection: number;
  readonly type: Compared["type"];
  readonly action: string | null;
  readonly id: string | null;
  readonly exchange: ComparedExchange;
}

/** An expected failure that did not occur. */
export interface Unmet {
  readonly kind: "unmet";
  readonly action: string;
  readonly pointer: string | null;
  readonly result: string;
  readonly why: string;
}

/** What the station reports. */
export type StationReport =
  | Compared
  | Sent
  | Unmet
  | AwaitedCall
  | Fork
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly kind: "note"; readonly code: string; readonly message: string };

/** How many messages have each result; expected failures that did not occur, accepted calls without effect, forks. */
export type Counts = Readonly<Record<Result | "unmet" | "unfulfilled" | "forks", number>>;

/** The verdict on a whole replay; `not-applicable`: nothing was compared. */
export type ReplayVerdict = "pass" | "fail" | "partial" | "error" | "not-applicable";

/** How a run ended. */
export interface Outcome {
  /** `interrupted`: the operator ended it, so there is no verdict. */
  readonly verdict: ReplayVerdict | "interrupted";
  /** Why there was no dialogue at all; "" else. */
  readonly reason: string;
  readonly counts: Counts;
  readonly forks: readonly ForkCount[];
  /** Digest over what was sent, with the names of values in place of them. */
  readonly fingerprint: string;
  /** Digest over the bytes of the messages sent. */
  readonly bytes: string;
  /** The energy registers at which transactions were stopped, in Wh, by connector. */
  readonly stopped: ReadonlyMap<string, string>;
  /** The earliest start of another run that has other dates; undefined where it may start at once. */
  readonly freeAtNs: number | undefined;
}
