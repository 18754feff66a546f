// Every message by itself: its text, its frame and its payload, as ocpp/validation/validate judges them, and what the
// wire says of a message that has no text at all.

import { exactText } from "../../../base/bytes.js";
import { senderOf } from "../../../base/direction.js";
import { isCutOff } from "../../../cassette/import/lines/text.js";
import { type MessageIssue, validate } from "../../../ocpp/validation/validate.js";
import { type RuleCode, validationRules } from "../../../ocpp/validation/validation-rules.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import type { Exchange, HistoryEvent, RecordingPlace } from "../../history/events.js";
import type { Detector, FindingCode, ReportDetection } from "./detector.js";
import { otherVersion } from "./version-mismatch.js";

type MessageEvent = Extract<HistoryEvent, { kind: "message" }>;

const ruleCodes: readonly FindingCode[] = (Object.keys(validationRules) as RuleCode[]).map((code) => {
  const { says, clause, field } = validationRules[code];
  return {
    code,
    class: field === "-" ? "smell" : field,
    clause: clause["1.6"] === clause["2.x"] ? clause["1.6"] : `${clause["1.6"]}; ${clause["2.x"]}`,
    doc: `One message by itself: ${says}. What each profile makes of it stands in validation.md.`,
  };
});

/** Whether an issue is one of the text alone, whatever version the message is of. */
const isOfText = ({ code }: MessageIssue): boolean =>
  code.startsWith("json-") || code === "not-json" || code === "byte-order-mark" || code === "lone-surrogate";

/** The length of the longest beginning that is UTF-8. */
const goodLength = (payload: Uint8Array): number => {
  let [good, bad] = [0, payload.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A beginning that ends inside a character is told apart by trying to go on for at most three bytes.
    const fits = [0, 1, 2, 3].some((more) => exactText(payload.subarray(0, middle + more)) !== undefined);
    if (fits) good = middle;
    else bad = middle;
  }
  return good;
};

const wordless = ({ message, place, connection }: MessageEvent, report: ReportDetection): void => {
  if (!message.complete) return;
  const isAgreementKnown =
    connection.openedEntry?.response != null || !connection.unknown.includes("handshake");
  if (message.compression === "unasked" && isAgreementKnown)
    report({
      code: "compressed-unasked",
      place,
      message: "the message is compressed, and the connection did not agree on that",
    });
  if (message.text !== undefined || message.compression !== "none" || message.opcode !== opcodes.text) return;
  const offset = goodLength(message.payload);
  report({
    code: "text-not-utf-8",
    place,
    span: { offset, length: Math.min(1, message.payload.length - offset) },
    message: `the text is not UTF-8 from byte ${offset} on`,
  });
};

const codeFor = ({ code, pointer }: MessageIssue, action: string | undefined): string =>
  code === "unknown-value" && action === "StopTransaction" && pointer === "/3/reason"
    ? "invalid-stop-reason"
    : code;

const tellIssues = (
  issues: readonly MessageIssue[],
  place: RecordingPlace,
  action: string | undefined,
  report: ReportDetection,
): void => {
  for (const issue of issues)
    report({
      code: codeFor(issue, action),
      class: issue.class,
      clause: issue.clause,
      place,
      action,
      pointer: issue.pointer,
      span: { offset: issue.offset, length: issue.length },
      message: issue.message,
      by: senderOf(place.direction),
    });
};

const isOfOtherVersion = ({ connection, place, envelope }: MessageEvent): boolean => {
  if (envelope?.kind !== "call") return false;
  const { action, payload, id } = envelope;
  const { direction } = place;
  const exchange: Exchange = {
    connection,
    direction,
    id,
    action,
    payload,
    place,
    isSend: false,
    unreadableBefore: 0,
    answer: undefined,
  };
  return otherVersion(exchange) !== undefined;
};

/** Judges each message by itself. */
export const messageDetector: Detector = {
  codes: [
    ...ruleCodes,
    {
      code: "invalid-stop-reason",
      class: "defect",
      clause: "OCPP 1.6 section 7.36 (Reason) and the JSON schema of StopTransaction",
      doc: "StopTransaction gives a reason that the enumeration does not have.",
    },
    {
      code: "text-not-utf-8",
      class: "defect",
      clause: "RFC 6455 sections 5.6 and 8.1; OCPP-J 1.6, 4.1.2",
      doc: "A text message whose bytes are no UTF-8. Most WebSocket libraries close the connection on it.",
    },
    {
      code: "compressed-unasked",
      class: "defect",
      clause: "RFC 6455 section 5.2 (RSV1); RFC 7692 section 5",
      doc: "A compressed message on a connection that did not agree on compression. Most WebSocket libraries close the connection on it.",
    },
  ],
  start:
    ({ profile }) =>
    (event, report) => {
      if (event.kind !== "message") return;
      wordless(event, report);
      const { message: whole, place, connection, action } = event;
      if (!whole.complete || whole.text === undefined || isOfOtherVersion(event)) return;
      // What the log cut is no fault of the sender.
      if (connection.unknown.includes("exact-bytes") && isCutOff(whole.text)) return;
      const isDirectionKnown = connection.isWire && !connection.unknown.includes("direction");
      const context = { action, direction: isDirectionKnown ? place.direction : undefined };
      const issues = validate(whole.text, connection.version, profile, context);
      tellIssues(connection.hasSchemas ? issues : issues.filter(isOfText), place, action, report);
    },
};
