// The messages of a recording as a dialogue: for each message its label, the CALL that it answers, the time since that
// CALL, and its outcome: an error, a refusal, a CALL without an answer, an answer without a CALL.

import type { Entry } from "../../cassette/format/entry.js";
import { authorizationStatusOf, textAt } from "../../ocpp/payload.js";
import type { Inflate } from "./deflate.js";
import { labelsOf, type MessageLabel } from "./labels.js";
import { messagesOf, positionOf, type RecordedMessage } from "./messages.js";

/** What a reader must notice about a message. `refused`: an answer with a negative status; `orphan`: an answer without a CALL. */
export type MessageOutcome =
  | "plain"
  | "refused"
  | "error"
  | "unreadable"
  | "unanswered"
  | "orphan"
  | "control";

/** A message of the dialogue. */
export interface DialogueMessage {
  /** Index of the entry that completed the message. */
  readonly position: number;
  readonly message: RecordedMessage;
  readonly label: MessageLabel;
  /** Of an answer: the position of its CALL. */
  readonly callPosition: number | undefined;
  /** Of an answer: nanoseconds since its CALL; null if a time is unknown. */
  readonly latencyNs: number | null;
  readonly outcome: MessageOutcome;
}

/** The colour of a row: who sent it, or how bad it is. */
export type Tone = "charger" | "csms" | "bad" | "warn" | "quiet" | "mark";

/** Longer answers, in characters, are not parsed for a negative status. */
const longestParsed = 65_536;

const negativeStatuses: ReadonlySet<string> = new Set([
  "Blocked",
  "ConcurrentTx",
  "ConnectorLocked",
  "Expired",
  "Failed",
  "Faulted",
  "Invalid",
  "NoCredit",
  "NotAllowedTypeEVSE",
  "NotAtThisLocation",
  "NotAtThisTime",
  "NotImplemented",
  "NotSupported",
  "Occupied",
  "Rejected",
  "Unavailable",
  "Unknown",
  "UnknownComponent",
  "UnknownConnector",
  "UnknownKey",
  "UnknownMessageId",
  "UnknownVariable",
  "UnknownVendor",
  "UnknownVendorId",
  "UnlockFailed",
  "VersionMismatch",
]);

const payloadOf = (text: string): unknown => {
  if (text.length > longestParsed) return undefined;
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) ? message[2] : undefined;
  } catch {
    return undefined;
  }
};

const isRefusal = (text: string): boolean => {
  const payload = payloadOf(text);
  const statuses = [textAt(payload, "status"), authorizationStatusOf(payload)];
  return statuses.some((status) => status !== undefined && negativeStatuses.has(status));
};

const outcomeOf = (
  message: RecordedMessage,
  { type, callIndex }: MessageLabel,
  isAnswered: boolean,
): MessageOutcome => {
  switch (type) {
    case "control":
    case "unreadable":
      return type;
    case "CALL":
      return isAnswered ? "plain" : "unanswered";
    case "CALLERROR":
    case "CALLRESULTERROR":
      return "error";
    case "SEND":
      return "plain";
    case "CALLRESULT":
      if (callIndex === undefined) return "orphan";
      return isRefusal(message.text ?? "") ? "refused" : "plain";
  }
};

const latencyOf = (call: RecordedMessage | undefined, { rx }: RecordedMessage): number | null => {
  if (call === undefined || call.rx === null || rx === null || rx < call.rx) return null;
  return rx - call.rx;
};

/** The messages of a recording in the order in which they were completed. */
export function dialogueOf(entries: readonly Entry[], inflate?: Inflate): readonly DialogueMessage[] {
  const messages = messagesOf(entries, inflate);
  const labels = labelsOf(messages);
  const answered = new Set(labels.map(({ callIndex }) => callIndex));
  return labels.flatMap((label, i) => {
    const message = messages[i];
    if (message === undefined) return [];
    const call = label.callIndex === undefined ? undefined : messages[label.callIndex];
    return [
      {
        position: positionOf(message),
        message,
        label,
        callPosition: call === undefined ? undefined : positionOf(call),
        latencyNs: latencyOf(call, message),
        outcome: outcomeOf(message, label, answered.has(i)),
      },
    ];
  });
}

/** The colour of a message. */
export function toneOf({ outcome, message }: DialogueMessage): Tone {
  switch (outcome) {
    case "error":
    case "unreadable":
      return "bad";
    case "refused":
    case "unanswered":
    case "orphan":
      return "warn";
    case "control":
      return "quiet";
    case "plain":
      return message.direction === "cp-to-csms" ? "charger" : "csms";
  }
}

/** The colour of an entry that is not a frame. */
export function entryTone(kind: Exclude<Entry["kind"], "frame">): Tone {
  switch (kind) {
    case "refused":
    case "handshake-failed":
    case "gap":
      return "bad";
    case "bytes":
      return "warn";
    case "decision":
    case "injected":
    case "marker":
      return "mark";
    default:
      return "quiet";
  }
}
