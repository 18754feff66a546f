// What the simulated charge point is told, what it asks its shell for, and what it reports. Data only.

import type { Difference, Likeness } from "../analyse/compare/compare.js";
import type { Latency } from "../analyse/compare/slowdown.js";
import type { Direction } from "../base/direction.js";
import type { Entry } from "../cassette/format/entry.js";
import type { MessageType } from "../ocpp/envelope/message-type.js";

/** What happened; `at` in nanoseconds since the run's start. */
export type StationEvent =
  | { readonly kind: "start"; readonly at: number }
  /** The CSMS answered the upgrade with 101; its head as it came. */
  | { readonly kind: "dialled"; readonly connection: number; readonly at: number; readonly head: Uint8Array }
  | {
      readonly kind: "refused";
      readonly connection: number;
      readonly at: number;
      readonly by: "csms" | "network";
      readonly status: number | null;
      readonly reason: string;
      readonly head: Uint8Array | null;
      readonly body: Uint8Array;
      /** How long the CSMS asks to stay away (Retry-After, RFC 9110 section 10.2.3); missing where it does not. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: "bytes"; readonly connection: number; readonly at: number; readonly chunk: Uint8Array }
  /** The CSMS's half of the stream is over. */
  | {
      readonly kind: "ended";
      readonly connection: number;
      readonly at: number;
      readonly how: "end" | "reset";
    }
  | { readonly kind: "timer"; readonly id: string; readonly at: number }
  /** Manual pace: a person wants the next message to be sent, or all of them from now on. */
  | { readonly kind: "step"; readonly at: number; readonly all: boolean }
  /** A person's word about the call that the command `ask` told of. */
  | { readonly kind: "asked"; readonly at: number; readonly answer: "send" | "skip" | "fail" }
  /** A person wants it to end now. */
  | { readonly kind: "stop"; readonly at: number };

/** What the shell shall do, in this order. */
export type StationCommand =
  | { readonly kind: "dial"; readonly connection: number; readonly head: Uint8Array }
  | { readonly kind: "send"; readonly connection: number; readonly bytes: Uint8Array }
  /** End our half of the stream after what was sent. */
  | { readonly kind: "end"; readonly connection: number }
  | { readonly kind: "reset"; readonly connection: number }
  /** Wake the machine with this id; timers of other ids before it are void. */
  | {
      readonly kind: "timer";
      readonly id: string;
      readonly ms: number;
      /** Whether nobody but the recording wants this time to pass: a virtual clock may jump over it. */
      readonly skippable: boolean;
    }
  /** Manual pace: the message that goes out with the next event `step`. */
  | { readonly kind: "step"; readonly next: NextStep }
  /** A call stays out, and a person shall say what to do: the event `asked`. */
  | { readonly kind: "ask"; readonly waiting: AwaitedCall }
  | { readonly kind: "cancel"; readonly id: string }
  | { readonly kind: "record"; readonly entry: Entry }
  | { readonly kind: "report"; readonly report: StationReport }
  | { readonly kind: "finish"; readonly outcome: Outcome };

/** What a compared message can come to; `expected`: it was said beforehand that it would differ. */
export type Result = Likeness | "missing" | "unexpected" | "expected";

/** The exchange that a compared message belongs to, then and now, for whoever shows both. */
export interface ComparedExchange {
  /** The step of the plan; undefined for calls of the CSMS. */
  readonly step: number | undefined;
  /** The recorded call of the CSMS; undefined for steps, and for calls that the recording has not. */
  readonly expectation: number | undefined;
  /** When its call was sent, in nanoseconds since the start; null where it was not, or nobody knows. */
  readonly recordedAt: number | null;
  readonly liveAt: number | null;
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
  /** The characters of its payload, values that this CSMS chose in the place of recorded ones. */
  readonly payload: string;
  /** The recorded call, and its message id. */
  readonly call: string;
  readonly id: string;
  /** What the step is to the call. */
  readonly because: string;
  readonly timeoutMs: number;
}

/** An answer after which a station would have gone another way than the recorded one. */
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
  /** How many steps of the plan lie behind it and depend on it. */
  readonly behind: number;
}

/** A fork, and how many messages behind it did not come to what the recording has. */
export interface ForkCount extends Fork {
  readonly differences: number;
}

/** What became of one message. */
export interface Compared {
  readonly kind: "compared";
  readonly result: Result;
  readonly connection: number;
  readonly direction: Direction;
  readonly type: MessageType | "unreadable" | "upgrade";
  readonly action: string | null;
  readonly id: string | null;
  readonly differences: readonly Difference[];
  /** Why, where the result alone does not say it; "" else. */
  readonly why: string;
  /** The fork behind which it lies. */
  readonly fork?: number;
  /** Of an answer, how long it took. */
  readonly latencyMs?: Latency;
  readonly exchange?: ComparedExchange;
}

/** Something that the station sent and nothing is compared with. */
export interface Sent {
  readonly kind: "sent";
  readonly connection: number;
  readonly type: Compared["type"];
  readonly action: string | null;
  readonly id: string | null;
  readonly exchange: ComparedExchange;
}

/** An expected failure that did not come. */
export interface Unmet {
  readonly kind: "unmet";
  readonly action: string;
  readonly pointer: string | null;
  readonly result: string;
  readonly why: string;
}

/** What the station has to say. */
export type StationReport =
  | Compared
  | Sent
  | Unmet
  | AwaitedCall
  | Fork
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly kind: "note"; readonly code: string; readonly message: string };

/** How many messages came to which result; known failures that did not come, accepted calls without effect, forks. */
export type Counts = Readonly<Record<Result | "unmet" | "unfulfilled" | "forks", number>>;

/** The word for a whole replay; `not-applicable`: nothing was compared. */
export type ReplayVerdict = "pass" | "fail" | "partial" | "error" | "not-applicable";

/** How a run ended. */
export interface Outcome {
  /** `interrupted` when a person ended it; there is no verdict then. */
  readonly verdict: ReplayVerdict | "interrupted";
  /** Why there was no dialogue at all; "" else. */
  readonly reason: string;
  readonly counts: Counts;
  readonly forks: readonly ForkCount[];
  /** Digest over what was sent, values of this run replaced by the names of their slots. */
  readonly fingerprint: string;
  /** Digest over the bytes of the messages sent. */
  readonly bytes: string;
  /** The registers with which transactions were stopped, in Wh, by connector. */
  readonly stopped: ReadonlyMap<string, string>;
  /** When another run would have other dates, in nanoseconds since this one's start; undefined for at once. */
  readonly freeAt: number | undefined;
}
