// Judges each message by itself: its text, its frame and its payload as ocpp/validation/validate.ts judges them, and
// messages without text by their frames.

import { exactText } from "../../../base/bytes.js";
import { senderOf } from "../../../base/direction.js";
import { isCutOff } from "../../../cassette/formats/lines/text.js";
import { type MessageIssue, validate } from "../../../ocpp/validation/validate.js";
import { type RuleCode, validationRules } from "../../../ocpp/validation/validation-rules.js";
import { opcodes } from "../../../wire/websocket/frame.js";
import type { HistoryEvent, RecordingPlace } from "../../history/events.js";
import { spokenVersion } from "../../history/spoken-version.js";
import { type Detector, type FindingCode, type ReportDetection, senderName } from "./detector.js";

type MessageEvent = Extract<HistoryEvent, { kind: "message" }>;

const ruleCodes: readonly FindingCode[] = (Object.keys(validationRules) as RuleCode[]).map((code) => {
  const { what, clause, field } = validationRules[code];
  return {
    code,
    class: field === "-" ? "smell" : field,
    clause: clause["1.6"] === clause["2.x"] ? clause["1.6"] : `${clause["1.6"]}; ${clause["2.x"]}`,
    doc: `A single message breaks a rule: ${what}. docs/reference/validation.md shows how each profile judges it.`,
  };
});

/** Whether an issue concerns the JSON text, in any OCPP version. */
const isOfText = ({ code }: MessageIssue): boolean =>
  code.startsWith("json-") || code === "not-json" || code === "byte-order-mark" || code === "lone-surrogate";

/** The length in bytes of the longest beginning that is valid UTF-8. */
const validLength = (payload: Uint8Array): number => {
  let [good, bad] = [0, payload.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // The cut may be inside a character, so up to three more bytes are tried.
    const isValid = [0, 1, 2, 3].some((more) => exactText(payload.subarray(0, middle + more)) !== undefined);
    if (isValid) good = middle;
    else bad = middle;
  }
  return good;
};

const judgeFrames = ({ message, place, connection }: MessageEvent, report: ReportDetection): void => {
  if (!message.complete) return;
  const isAgreementKnown =
    connection.openedEntry?.response != null || !connection.unknown.includes("handshake");
  if (message.compression === "unasked" && isAgreementKnown)
    report({
      code: "compressed-unasked",
      place,
      message: `${senderName(place.direction)} compressed the message although the connection did not negotiate compression`,
    });
  if (message.text !== undefined || message.compression !== "none" || message.opcode !== opcodes.text) return;
  const offset = validLength(message.payload);
  report({
    code: "text-not-utf-8",
    place,
    span: { offset, length: Math.min(1, message.payload.length - offset) },
    message: `${senderName(place.direction)} sent a text that is not UTF-8 from byte ${offset} on`,
  });
};

const codeFor = ({ code, pointer }: MessageIssue, action: string | undefined): string =>
  code === "unknown-value" && action === "StopTransaction" && pointer === "/3/reason"
    ? "invalid-stop-reason"
    : code;

const reportIssues = (
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

/** Whether version-mismatch.ts judges the message instead. */
const isOfOtherVersion = ({ connection, envelope }: MessageEvent): boolean =>
  envelope?.kind === "call" &&
  spokenVersion({ connection, action: envelope.action, payload: envelope.payload }) !== undefined;

/** Judges each message by itself. */
export const messageDetector: Detector = {
  codes: [
    ...ruleCodes,
    {
      code: "invalid-stop-reason",
      class: "defect",
      clause: "OCPP 1.6, 7.36 (Reason); JSON schema of StopTransaction",
      doc: "The charger sent StopTransaction with a reason that is not in the enumeration.",
    },
    {
      code: "text-not-utf-8",
      class: "defect",
      clause: "RFC 6455 sections 5.6 and 8.1; OCPP-J 1.6, 4.1.2",
      doc: "One side sent a text message whose bytes are not UTF-8. Most WebSocket libraries close the connection.",
    },
    {
      code: "compressed-unasked",
      class: "defect",
      clause: "RFC 6455 section 5.2 (RSV1); RFC 7692 section 5",
      doc: "One side sent a compressed message although the connection did not negotiate compression. Most WebSocket libraries close the connection.",
    },
  ],
  start:
    ({ profile }) =>
    (event, report) => {
      if (event.kind !== "message") return;
      judgeFrames(event, report);
      const { message: whole, place, connection, action } = event;
      if (!whole.complete || whole.text === undefined || isOfOtherVersion(event)) return;
      // A log may have cut the text, which is not the sender's fault.
      if (connection.unknown.includes("exact-bytes") && isCutOff(whole.text)) return;
      const isDirectionKnown = connection.isWire && !connection.unknown.includes("direction");
      const context = { action, direction: isDirectionKnown ? place.direction : undefined };
      const issues = validate(whole.text, connection.version, profile, context);
      reportIssues(connection.hasSchemas ? issues : issues.filter(isOfText), place, action, report);
    },
};
