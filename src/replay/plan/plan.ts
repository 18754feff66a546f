// The plan of a replay: the steps of the simulated charge point in the order of the recording, and the recorded side of the
// CSMS. Data only; compile-plan makes it, the station follows it. Times are in nanoseconds since the recording's start.

import type { StoredHead } from "../../cassette/format/entry.js";
import type { MessageType } from "../../ocpp/envelope/message-type.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { PlanTimes, Slot, SlotUse, ValuePlace } from "./values/places.js";

/** Something that the station sends, as recorded. */
export interface OutgoingMessage {
  /** The frames as they were on the wire. */
  readonly bytes: Uint8Array;
  /** The message's text; undefined where it is no text, which can only be sent as recorded. */
  readonly text: string | undefined;
  /** For a new frame: the opcode, and the masking key if there was one. */
  readonly opcode: number;
  readonly mask: Uint8Array | undefined;
  /** The places of the text that a run writes new values to. */
  readonly places?: readonly ValuePlace[];
}

/** The recorded answer to a CALL. */
export interface RecordedAnswer {
  readonly text: string;
  readonly kind: "call-result" | "call-error";
  /** When it came; null where that is not known. */
  readonly atNs: number | null;
  /** The slots whose values it hands out, and those whose values it carries, by pointers into the payload. */
  readonly teaches: ReadonlyMap<string, number>;
  readonly bound: ReadonlyMap<string, number>;
}

/** The call of the CSMS that caused a step in the recording. */
export interface Cause {
  /** Its number among the plan's expectations. */
  readonly expectation: number;
  /** What the step is to that call, in words. */
  readonly what: string;
  /** Whether the step carries a value that the call hands out. */
  readonly brings: boolean;
}

interface StepBase {
  readonly connection: number;
  /** When it happened in the recording; null where that is not known. */
  readonly atNs: number | null;
  /** The call of the CSMS that makes the station do it; missing where only its place in the recording does. */
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

/** Send something that is no CALL, as recorded: a broken message, an answer to no CALL, bytes that are no frame. */
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

/** One thing that the station does. */
export type PlanStep = DialStep | CallStep | OtherStep | EndStep;

/** A call of the CSMS in the recording, and what the station answered. */
export interface Expectation {
  readonly connection: number;
  /** When it came; null where that is not known. */
  readonly atNs: number | null;
  readonly text: string;
  readonly id: string;
  readonly action: string;
  /** How many steps the recording has before it. */
  readonly before: number;
  /** Set where the recorded answer accepts the call and no step is its effect. */
  readonly unfulfilled?: true;
  /** Equal for calls about the same thing, see `keyOfCall`. */
  readonly key: string;
  /** The slots whose values the payload carries, by pointers. */
  readonly bound: ReadonlyMap<string, number>;
  /** The slots whose values it hands out, by pointers. */
  readonly teaches: ReadonlyMap<string, number>;
  /** The ids of the station that it carries, as recorded, by pointers. */
  readonly made: ReadonlyMap<string, string>;
  readonly answer: OutgoingMessage | undefined;
  /** Recorded before the cut: its effect is in force, and the CSMS need not call again. */
  readonly isPrologue?: true;
}

/** A recorded message of the CSMS that is neither a call nor an answer to a step; the same text may come again. */
export interface Stray {
  readonly connection: number;
  readonly text: string;
}

/** The plan of a replay. */
export interface Plan {
  readonly identity: string;
  readonly steps: readonly PlanStep[];
  readonly slots: readonly Slot[];
  readonly expectations: readonly Expectation[];
  readonly strays: readonly Stray[];
  /** The OCPP version of each connection. */
  readonly versions: ReadonlyMap<number, OcppVersion>;
  /** The span of the dates in the station's messages; undefined where none of them can be shifted. */
  readonly times: PlanTimes | undefined;
  /** The first energy register of each connector, in Wh. */
  readonly registers: ReadonlyMap<string, string>;
  /** What a replay leaves out of the recording, one sentence each. */
  readonly notes: readonly string[];
}
