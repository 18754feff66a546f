// The messages of a recording as a dialogue: what each is called, which CALL it answers and how long after, and what
// a person wants to see at a glance: that it is an error, a refusal, without an answer or without a CALL.

import type { Entry } from "../../cassette/format/entry.js";
import { authorizationStatusOf, textAt } from "../../ocpp/payload.js";
import type { Inflate } from "./deflate.js";
import { labelsOf, type MessageLabel } from "./labels.js";
import { messagesOf, type RecordedMessage } from "./messages.js";

/** What is to be seen at a glance; `refused`: an answer whose status says no. */
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
  /** Where it became whole among the entries. */
  readonly position: number;
  readonly message: RecordedMessage;
  readonly label: MessageLabel;
  /** Of an answer, the position of its CALL. */
  readonly callPosition: number | undefined;
  /** Of an answer, the time since its CALL; null where a time is unknown. */
  readonly latencyNs: number | null;
  readonly outcome: MessageOutcome;
}

/** The colour of something: whose doing it is, or how bad. */
export type Tone = "charger" | "csms" | "bad" | "warn" | "quiet" | "mark";

/** Longer answers are not taken apart to see whether they refuse. */
const longestJudged = 65_536;

const refusals: ReadonlySet<string> = new Set([
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
  if (text.length > longestJudged) return undefined;
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) ? message[2] : undefined;
  } catch {
    return undefined;
  }
};

const isRefusal = (text: string): boolean => {
  const payload = payloadOf(text);
  const told = [textAt(payload, "status"), authorizationStatusOf(payload)];
  return told.some((status) => status !== undefined && refusals.has(status));
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

const latency = (call: RecordedMessage | undefined, { rx }: RecordedMessage): number | null => {
  if (call === undefined || call.rx === null || rx === null || rx < call.rx) return null;
  return rx - call.rx;
};

const positionOf = ({ frames }: RecordedMessage): number => frames.at(-1) ?? 0;

/** The dialogue of a recording, in its order. */
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
        latencyNs: latency(call, message),
        outcome: outcomeOf(message, label, answered.has(i)),
      },
    ];
  });
}

/** The tone of a message. */
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

/** The tone of an entry that is no frame. */
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
