// What a detector is told of a recording: connections, messages, exchanges, transactions and readings, in the
// order of the recording. Times are milliseconds since the session's start and null where the recording does not know them.

import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, GapEntry, Unknowable } from "../../cassette/format/entry.js";
import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { RecordedMessage } from "../messages/messages.js";
import type { Sample } from "../messages/samples.js";

/** Where on a recording something stands. */
export interface RecordingPlace {
  readonly connection: number;
  readonly direction: Direction;
  /** Position of the entry with which the message became whole. */
  readonly entry: number;
  readonly atMs: number | null;
  /** The message's text; "" of what has none. */
  readonly text: string;
}

/** A connection of the recording, with what became known of it so far. */
export interface Connection {
  readonly number: number;
  /** The version its payloads are read by. */
  version: OcppVersion;
  /** Whether the agreed version is one whose messages can be judged; false for 1.5, 2.0 and the like. */
  readonly hasSchemas: boolean;
  readonly subprotocol: string | null;
  readonly openedAtMs: number | null;
  /** False where the recording holds messages only: whatever else there was is unknown. */
  readonly isWire: boolean;
  /** What the recording's source could not know. */
  readonly unknown: readonly Unknowable[];
  /** The wall clock of the recorder at the zero of all times, in milliseconds since 1970; null where unknown. */
  readonly startEpochMs: number | null;
  /** False where the connection was there before the recording, or before a gap. */
  readonly isFromStart: boolean;
  readonly openedEntry: ConnectionOpenedEntry | undefined;
  /** Rules changed or injected something: what is missing or doubled may be our doing. */
  isDisturbed: boolean;
  /** Messages of each direction that could not be read: any of them may have been the answer. */
  readonly unreadable: Record<Direction, number>;
}

/** What came back for a CALL. */
export interface CallAnswer {
  readonly place: RecordingPlace;
  readonly kind: "result" | "error" | "unreadable";
  readonly payload: unknown;
  /** Of an error. */
  readonly code: string | undefined;
}

/** A CALL or SEND, and its answer once it came. */
export interface Exchange {
  readonly connection: Connection;
  readonly direction: Direction;
  readonly id: string;
  readonly action: string;
  readonly payload: unknown;
  readonly place: RecordingPlace;
  readonly isSend: boolean;
  /** Messages of the answering side that could not be read when it was sent. */
  readonly unreadableBefore: number;
  answer: CallAnswer | undefined;
}

/** A charging transaction, as far as the recording tells. */
export interface ChargingTransaction {
  readonly id: string;
  connector: string | undefined;
  idTag: string | undefined;
  /** The StartTransaction, or the TransactionEvent Started; undefined where it is not on the recording. */
  readonly start: Exchange | undefined;
  /** When it began by the charger's own clock; null where it did not say. */
  readonly startedEpochMs: number | null;
  /** False where the CSMS refused it. */
  readonly isAccepted: boolean;
  readonly meterStart: number | undefined;
  stop: Exchange | undefined;
}

/** An answer without its CALL. */
export interface Orphan {
  readonly place: RecordingPlace;
  readonly id: string;
  readonly payload: unknown;
  /** The CALL of this id, where an earlier one is known: of another connection, or answered before. */
  readonly earlier: Exchange | undefined;
  /** CALLs of the other side that were open when it came. */
  readonly open: readonly Exchange[];
  /** Within the first second of what is known. */
  readonly isEarly: boolean;
}

/** What happens on a recording. `now` is the last time that is known. */
export type HistoryEvent = { readonly nowMs: number | null } & (
  | { readonly kind: "opened"; readonly connection: Connection; readonly previous: Connection | undefined }
  | { readonly kind: "closed"; readonly connection: Connection }
  | {
      readonly kind: "message";
      readonly connection: Connection;
      readonly place: RecordingPlace;
      readonly message: RecordedMessage;
      readonly envelope: Envelope | undefined;
      /** Of an answer, the action of its CALL. */
      readonly action: string | undefined;
    }
  | { readonly kind: "control"; readonly connection: Connection; readonly message: RecordedMessage }
  | {
      readonly kind: "call";
      readonly exchange: Exchange;
      readonly open: readonly Exchange[];
      readonly earlier: Exchange | undefined;
    }
  | {
      readonly kind: "answer";
      readonly exchange: Exchange;
      readonly answer: CallAnswer;
      readonly open: readonly Exchange[];
    }
  | { readonly kind: "orphan"; readonly connection: Connection; readonly orphan: Orphan }
  | {
      readonly kind: "started";
      readonly transaction: ChargingTransaction;
      readonly stillRunning: ChargingTransaction | undefined;
    }
  | {
      readonly kind: "stopped";
      readonly exchange: Exchange;
      readonly id: string;
      /** Undefined where the recording never heard of it. */
      readonly transaction: ChargingTransaction | undefined;
      /** The stop of the same transaction that came earlier. */
      readonly earlier: Exchange | undefined;
    }
  | {
      readonly kind: "samples";
      readonly exchange: Exchange;
      readonly transaction: ChargingTransaction | undefined;
      readonly connector: string | undefined;
      readonly samples: readonly Sample[];
    }
  | { readonly kind: "gap"; readonly gap: GapEntry | undefined }
  | { readonly kind: "end" }
);
