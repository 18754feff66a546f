// What a simulated charge point will do: the steps in the order of the recording, and what the recording
// says about the CSMS's side of the dialogue. Data only; compile-plan makes it, the station follows it.

import type { StoredHead } from "../../cassette/format/entry.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { PlanTimes, Slot, SlotUse, ValuePlace } from "./values/places.js";

/** Something the station sends, as it was recorded. */
export interface OutgoingMessage {
  /** The frames as they lay on the wire. */
  readonly bytes: Uint8Array;
  /** The message's text; undefined where it is none, which can only be sent as it was. */
  readonly text: string | undefined;
  /** For a frame that has to be made anew: the opcode, and the masking key if there was one. */
  readonly opcode: number;
  readonly mask: Uint8Array | undefined;
  /** Where the text holds what a run may write anew. */
  readonly places?: readonly ValuePlace[];
}

/** The recorded answer to a CALL. */
export interface RecordedAnswer {
  readonly text: string;
  readonly kind: "call-result" | "call-error";
  /** When it came, in nanoseconds; null where that is not known. */
  readonly atNs: number | null;
  /** The slots whose values it hands out, and those whose values it carries, by pointers into the payload. */
  readonly teaches: ReadonlyMap<string, number>;
  readonly bound: ReadonlyMap<string, number>;
}

/** The CSMS call that the recording shows a step to follow from. */
export interface Cause {
  /** Its number among the plan's expectations. */
  readonly expectation: number;
  /** What the step is to that call, in words. */
  readonly what: string;
  /** Whether the step carries a value that the call brings. */
  readonly brings: boolean;
}

interface StepBase {
  readonly connection: number;
  /** When it happened in the recording, in nanoseconds; null where that is not known. */
  readonly atNs: number | null;
  /** What else than its place in the recording makes the station do it. */
  readonly cause?: Cause;
}

/** Open the connection. */
export interface DialStep extends StepBase {
  readonly kind: "dial";
  readonly identity: string;
  readonly request: StoredHead | null;
  readonly subprotocol: string | null;
  /** The status with which the CSMS refused it in the recording; undefined where it accepted. */
  readonly refusal: number | undefined;
}

/** Send a CALL or a SEND. */
export interface CallStep extends StepBase {
  readonly kind: "call";
  readonly out: OutgoingMessage;
  readonly type: "CALL" | "SEND";
  readonly id: string;
  readonly action: string;
  /** The station's previous CALL on this connection, where the recording has its answer. */
  readonly previous: number | undefined;
  readonly uses: readonly SlotUse[];
  readonly answer: RecordedAnswer | undefined;
  /** The slot of the 1.6 transaction that the answer opens. */
  readonly fills: number | undefined;
}

/** Send something that is no CALL in its place, as recorded: broken messages, stray answers, loose bytes. */
export interface OtherStep extends StepBase {
  readonly kind: "other";
  readonly out: OutgoingMessage;
  readonly type: MessageType | "unreadable";
}

/** How a connection ended in the recording. */
export type ConnectionEnd =
  | { readonly kind: "close"; readonly frame: Uint8Array }
  | { readonly kind: "fin" }
  | { readonly kind: "reset" }
  | { readonly kind: "by-csms" }
  | { readonly kind: "unknown" };

/** End the connection. */
export interface EndStep extends StepBase {
  readonly kind: "end";
  readonly how: ConnectionEnd;
}

/** One thing the station does. */
export type PlanStep = DialStep | CallStep | OtherStep | EndStep;

/** A call of the CSMS in the recording, and what the station answered. */
export interface Expectation {
  readonly connection: number;
  /** When it came, in nanoseconds; null where that is not known. */
  readonly atNs: number | null;
  readonly text: string;
  readonly id: string;
  readonly action: string;
  /** How many steps the recording has before it. */
  readonly before: number;
  /** Set where the recorded answer promises something that no step does. */
  readonly unfulfilled?: true;
  /** What tells calls of one action apart, see `keyOfCall`. */
  readonly key: string;
  /** The slots whose values stand in the payload, by their pointers. */
  readonly bound: ReadonlyMap<string, number>;
  /** The slots whose values it hands out, by their pointers. */
  readonly teaches: ReadonlyMap<string, number>;
  /** Where it carries an id that the station made, and the recorded one. */
  readonly made: ReadonlyMap<string, string>;
  readonly answer: OutgoingMessage | undefined;
  /** Recorded before the cut: what it brought about is in force, and a CSMS need not say it again. */
  readonly isPrologue?: true;
}

/** A message of the CSMS in the recording that belongs to nothing; the same text may come again. */
export interface Stray {
  readonly connection: number;
  readonly text: string;
}

/** Everything the station needs to know. */
export interface Plan {
  readonly identity: string;
  readonly steps: readonly PlanStep[];
  readonly slots: readonly Slot[];
  readonly expectations: readonly Expectation[];
  readonly strays: readonly Stray[];
  /** The version of each connection's dialogue. */
  readonly versions: ReadonlyMap<number, OcppVersion>;
  /** What the dates of the station's messages span; undefined where none of them can be shifted. */
  readonly times: PlanTimes | undefined;
  /** The first energy register of each connector, in Wh. */
  readonly registers: ReadonlyMap<string, string>;
  /** What the recording holds that a replay leaves out, one sentence each. */
  readonly notes: readonly string[];
}
