// The events of a recording's history, in the order of the recording: connections, messages, exchanges, transactions and
// meter readings. Times are milliseconds since the session's start; null means that the recording does not know them.

import type { Direction } from "../../base/direction.js";
import type { ConnectionOpenedEntry, GapEntry, Unknowable } from "../../cassette/format/entry.js";
import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { RecordedMessage } from "../messages/messages.js";
import type { Sample } from "../messages/samples.js";

/** Where in a recording a message is. */
export interface RecordingPlace {
  readonly connection: number;
  readonly direction: Direction;
  /** Index of the entry that completed the message. */
  readonly entry: number;
  readonly atMs: number | null;
  /** The text of the message; "" if it is not text. */
  readonly text: string;
}

/** A connection of the recording, as far as it is known. */
export interface Connection {
  /** The connection number of the entries. */
  readonly number: number;
  /** The OCPP version of its payloads. */
  version: OcppVersion;
  /** Whether there are schemas for the negotiated version; false for 1.5 and 2.0, for example. */
  readonly hasSchemas: boolean;
  readonly subprotocol: string | null;
  readonly openedAtMs: number | null;
  /** False if the recording contains messages only, such as an imported log: control frames and closes are unknown. */
  readonly isWire: boolean;
  /** What the source of the recording could not know. */
  readonly unknown: readonly Unknowable[];
  /** The recorder's clock at the session's start, in milliseconds since 1970; null if unknown. */
  readonly startEpochMs: number | null;
  /** False if the connection began before the recording, or before a gap. */
  readonly isFromStart: boolean;
  readonly openedEntry: ConnectionOpenedEntry | undefined;
  /** True after a rule changed or injected something: this program may have caused missing or repeated messages. */
  isDisturbed: boolean;
  /** By direction: the number of messages that could not be read. Any of them may have been an expected answer. */
  readonly unreadable: Record<Direction, number>;
}

/** The answer to a CALL. */
export interface CallAnswer {
  readonly place: RecordingPlace;
  readonly kind: "result" | "error" | "unreadable";
  readonly payload: unknown;
  /** The error code of a CALLERROR; undefined for others. */
  readonly code: string | undefined;
}

/** A CALL or SEND, and its answer once that is known. */
export interface Exchange {
  readonly connection: Connection;
  readonly direction: Direction;
  readonly id: string;
  readonly action: string;
  readonly payload: unknown;
  readonly place: RecordingPlace;
  readonly isSend: boolean;
  /** How many messages of the answering side were unreadable when this was sent. */
  readonly unreadableBefore: number;
  answer: CallAnswer | undefined;
}

/** A charging transaction, as far as the recording shows it. */
export interface ChargingTransaction {
  readonly id: string;
  connector: string | undefined;
  idTag: string | undefined;
  /** The StartTransaction or the TransactionEvent Started; undefined if it is not in the recording. */
  readonly start: Exchange | undefined;
  /** When it began by the charger's clock, in milliseconds since 1970; null if the charger did not state it. */
  readonly startedEpochMs: number | null;
  /** False if the CSMS refused it. */
  readonly isAccepted: boolean;
  /** In Wh. */
  readonly meterStart: number | undefined;
  stop: Exchange | undefined;
}

/** An answer without its CALL. */
export interface Orphan {
  readonly place: RecordingPlace;
  readonly id: string;
  readonly payload: unknown;
  /** An earlier CALL with this id: of another connection, or already answered. */
  readonly earlier: Exchange | undefined;
  /** CALLs of the other side that were unanswered at that time. */
  readonly open: readonly Exchange[];
  /** Whether it came within one second after the recording began, or after a gap. */
  readonly isEarly: boolean;
}

/** An event of the history. `nowMs`: the last known time. */
export type HistoryEvent = { readonly nowMs: number | null } & (
  | { readonly kind: "opened"; readonly connection: Connection; readonly previous: Connection | undefined }
  | { readonly kind: "closed"; readonly connection: Connection }
  | {
      readonly kind: "message";
      readonly connection: Connection;
      readonly place: RecordingPlace;
      readonly message: RecordedMessage;
      /** Undefined if the message is incomplete or not text. */
      readonly envelope: Envelope | undefined;
      /** The action of a CALL; of an answer, that of its CALL. */
      readonly action: string | undefined;
    }
  | { readonly kind: "control"; readonly connection: Connection; readonly message: RecordedMessage }
  | {
      readonly kind: "call";
      readonly exchange: Exchange;
      /** CALLs of the same side that are unanswered. */
      readonly open: readonly Exchange[];
      /** An earlier CALL of the same side with the same id. */
      readonly earlier: Exchange | undefined;
    }
  | {
      readonly kind: "answer";
      readonly exchange: Exchange;
      readonly answer: CallAnswer;
      /** Other CALLs of the same side that are still unanswered. */
      readonly open: readonly Exchange[];
    }
  | { readonly kind: "orphan"; readonly connection: Connection; readonly orphan: Orphan }
  | {
      readonly kind: "started";
      readonly transaction: ChargingTransaction;
      /** Another transaction of the same connector that has not been stopped. */
      readonly stillRunning: ChargingTransaction | undefined;
    }
  | {
      readonly kind: "stopped";
      readonly exchange: Exchange;
      /** The transaction id. */
      readonly id: string;
      /** Undefined if nothing before named the transaction. */
      readonly transaction: ChargingTransaction | undefined;
      /** An earlier stop of the same transaction. */
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
