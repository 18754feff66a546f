// Answers without an open CALL, and answers that carry the id of another CALL than the one they belong to (OCPP-J 1.6
// sections 4.1.4 and 4.2.2: an answer has the id of its CALL).

import { validate } from "../../../ocpp/validation/validate.js";
import type { Exchange, HistoryEvent, RecordingPlace } from "../../history/events.js";
import { type Detector, type ReportDetection, senderName } from "./detector.js";

type OrphanEvent = Extract<HistoryEvent, { kind: "orphan" }>;

const hasMembers = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && Object.keys(payload).length > 0;

/** Whether an answer is valid for a CALL. */
const isValidFor = (place: RecordingPlace, { action, connection }: Exchange): boolean =>
  validate(place.text, connection.version, "spec", { action }).every((issue) => issue.class !== "defect");

const longestWaitMs = 30_000;

/** Whether the sender of a CALL may still wait for its answer. */
const isWaiting = ({ place }: Exchange, answer: RecordingPlace): boolean =>
  place.atMs !== null && answer.atMs !== null && answer.atMs - place.atMs < longestWaitMs;

/** An open CALL of another action that the answer is valid for. */
const otherCallFor = (
  place: RecordingPlace,
  payload: unknown,
  action: string | undefined,
  open: readonly Exchange[],
): Exchange | undefined =>
  hasMembers(payload)
    ? open.find((other) => other.action !== action && other.connection.hasSchemas && isValidFor(place, other))
    : undefined;

const judgeOrphan = ({ orphan, connection }: OrphanEvent, report: ReportDetection): void => {
  const { place, id, earlier, open, payload, isEarly } = orphan;
  if (isEarly || connection.isDisturbed) return;
  const sender = senderName(place.direction);
  const shown = JSON.stringify(id.slice(0, 60));
  if (earlier !== undefined && earlier.place.connection !== place.connection) {
    const message = `${sender} answered ${earlier.action} ${shown} of connection ${earlier.place.connection} on connection ${place.connection}, where nobody expects the answer`;
    report({ code: "answer-after-reconnect", place, action: earlier.action, pointer: "/1", message });
    return;
  }
  const other = otherCallFor(place, payload, undefined, open);
  const reason =
    earlier !== undefined
      ? `${earlier.action} ${shown} was answered before`
      : `no request has the id ${shown}${other === undefined ? "" : `; it looks like the answer to ${other.action}`}`;
  const isComplete = connection.isWire && connection.isFromStart;
  report({
    code: "orphan-response",
    class: isComplete ? "defect" : "smell",
    place,
    action: earlier?.action,
    pointer: "/1",
    message: `${sender} sent an answer that nobody expects: ${reason}`,
  });
};

/** Detects answers without a CALL, and answers with the id of another CALL. */
export const orphanResponseDetector: Detector = {
  codes: [
    {
      code: "orphan-response",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 and 4.2.2; OCPP 2.x part 4, 4.1.4 and 4.2.2",
      doc: "One side sent an answer, but no open request has its id. It is a defect if the recording contains the whole connection, else a smell, because the request may be older than the recording or missing in the log. Nothing is reported within the first second of a recording.",
    },
    {
      code: "answer-after-reconnect",
      class: "event",
      clause: "OCPP-J 1.6, 4.1.4 (errata 2025-04, 3.1: ids are unique over all connections)",
      doc: "One side answered a request of an earlier connection on a new one.",
    },
    {
      code: "answer-mixed-up",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 and 4.2.2; OCPP 2.x part 4, 4.2.2",
      doc: "One side sent an answer with the id of the wrong request. The content is invalid for the request with that id and valid for another request that has been open for less than 30 s. It is a smell in an imported log, which may lack the other answer.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind === "orphan") judgeOrphan(event, report);
    if (event.kind !== "answer" || event.answer.kind !== "result") return;
    const { exchange, answer, open } = event;
    if (open.length === 0 || exchange.connection.isDisturbed || !exchange.connection.hasSchemas) return;
    if (isValidFor(answer.place, exchange)) return;
    const waiting = open.filter((other) => isWaiting(other, answer.place));
    const other = otherCallFor(answer.place, answer.payload, exchange.action, waiting);
    if (other === undefined) return;
    report({
      code: "answer-mixed-up",
      class: exchange.connection.isWire ? "defect" : "smell",
      place: answer.place,
      action: exchange.action,
      pointer: "/1",
      message: `${senderName(answer.place.direction)} answered ${other.action} with the id of ${exchange.action}, so the answers are mixed up`,
    });
  },
};
