// What the embedded CSMS answers to the messages of one charge point (OCPP 1.6 with the security whitepaper, 2.0.1, 2.1).
// It accepts what needs no further action, and rejects what would promise more: it signs no certificates and plans no
// charging. It makes no calls itself, so it ignores answers. It knows neither sockets nor the clock.

import type { Issue } from "../base/issue.js";
import { formatCodeOf } from "../ocpp/envelope/error-codes.js";
import { type Envelope, parseEnvelope, type Unreadable } from "../ocpp/envelope/parse-envelope.js";
import type { OcppVersion } from "../ocpp/version.js";
import { answersOf, type CallPayload, type TransactionIds } from "./payloads.js";

/** What the CSMS of one charge point is made with. */
export interface CsmsOptions {
  readonly version: OcppVersion;
  /** The heartbeat interval in the answer to a BootNotification, in whole seconds. */
  readonly interval: number;
  /** The counter of 1.6 transaction ids, which all charge points of one CSMS share. */
  readonly transactionIds: TransactionIds;
}

/** The CSMS of one charge point. */
export interface Csms {
  /** The messages that answer a message of the charge point, none or one; `now` is an RFC 3339 date-time. */
  answer(message: string, now: string): readonly string[];
}

/** Makes the CSMS of one charge point. */
export function createCsms(options: CsmsOptions): Csms {
  return { answer: (message, now) => answerTo(parseEnvelope(message), options, now) };
}

const answerTo = (envelope: Envelope, options: CsmsOptions, now: string): readonly string[] => {
  switch (envelope.kind) {
    case "call":
      return [answerToCall(envelope, options, now)];
    case "unreadable":
      return answerToUnreadable(envelope, options.version);
    // A SEND has no answer, and this CSMS made no CALL that could be answered.
    case "send":
    case "call-result":
    case "call-error":
    case "call-result-error":
      return [];
  }
};

const answerToCall = (call: Envelope & { kind: "call" }, options: CsmsOptions, now: string): string => {
  const answer = answersOf(options.version).get(call.action);
  if (answer === undefined)
    return callError(call.id, "NotImplemented", "The embedded CSMS does not know this action.");
  const payload = payloadOf(call.payload, options.version);
  if (payload === undefined) return malformed(call.id, options.version, "The payload is no JSON object.");
  const { interval, transactionIds } = options;
  return JSON.stringify([3, call.id, answer(payload, { now, interval, transactionIds })]);
};

/** The payload as an object. 1.6J allows null for an empty one (section 4.2.1). */
const payloadOf = (payload: unknown, version: OcppVersion): CallPayload | undefined => {
  if (payload === null && version === "1.6") return {};
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return undefined;
  return payload as CallPayload;
};

/**
 * An unknown message type is ignored (1.6J section 4.1.3; 2.x by the errata of 2026). A CALL that is incomplete or
 * ill-formed gets an error if its beginning has the id. Without an id, 1.6J defines no answer and 2.x uses the id "-1".
 */
const answerToUnreadable = ({ issues, peek }: Unreadable, version: OcppVersion): readonly string[] => {
  if (peek !== undefined)
    return peek.type === "CALL" ? [malformed(peek.id, version, "The message could not be read.")] : [];
  if (version === "1.6" || issues.some(isUnknownType)) return [];
  return [callError("-1", "RpcFrameworkError", "The message id could not be read.")];
};

const isUnknownType = (issue: Issue): boolean => issue.code === "message-type";

const malformed = (id: string, version: OcppVersion, description: string): string =>
  callError(id, formatCodeOf(version), description);

const callError = (id: string, code: string, description: string): string =>
  JSON.stringify([4, id, code, description, {}]);
