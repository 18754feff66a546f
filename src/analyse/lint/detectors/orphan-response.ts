// Answers that belong to no open CALL, and answers that belong to another one than they say (OCPP-J 1.6 sections
// 4.1.4 and 4.2.2: the id of an answer is that of its CALL).

import { validate } from "../../../ocpp/validation/validate.js";
import type { Exchange, HistoryEvent, RecordingPlace } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

type OrphanEvent = Extract<HistoryEvent, { kind: "orphan" }>;

const isFull = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && Object.keys(payload).length > 0;

const fits = (place: RecordingPlace, { action, connection }: Exchange): boolean =>
  validate(place.text, connection.version, "spec", { action }).every((issue) => issue.class !== "defect");

const longestWait = 30_000;

/** Whether a CALL is young enough to wait for an answer still. */
const isNear = ({ place }: Exchange, answer: RecordingPlace): boolean =>
  place.atMs !== null && answer.atMs !== null && answer.atMs - place.atMs < longestWait;

/** An open CALL of another action that this answer would fit. */
const meantFor = (
  place: RecordingPlace,
  payload: unknown,
  action: string | undefined,
  open: readonly Exchange[],
): Exchange | undefined =>
  isFull(payload)
    ? open.find((other) => other.action !== action && other.connection.hasSchemas && fits(place, other))
    : undefined;

const orphan = ({ orphan: found, connection }: OrphanEvent, report: ReportDetection): void => {
  const { place, id, earlier, open, payload, isEarly } = found;
  if (isEarly || connection.isDisturbed) return;
  const shown = JSON.stringify(id.slice(0, 60));
  if (earlier !== undefined && earlier.place.connection !== place.connection) {
    const message = `the answer to ${earlier.action} ${shown} of connection ${earlier.place.connection}, on connection ${place.connection}`;
    report({ code: "answer-after-reconnect", place, action: earlier.action, pointer: "/1", message });
    return;
  }
  const meant = meantFor(place, payload, undefined, open);
  const why =
    earlier !== undefined
      ? `${earlier.action} ${shown} was answered before`
      : `no request has the id ${shown}${meant === undefined ? "" : `; it looks like the answer to ${meant.action}`}`;
  const isSure = connection.isWire && connection.isFromStart;
  report({
    code: "orphan-response",
    class: isSure ? "defect" : "smell",
    place,
    action: earlier?.action,
    pointer: "/1",
    message: `an answer that nobody waits for: ${why}`,
  });
};

/** Finds answers without a CALL, and answers to another one. */
export const orphanResponseDetector: Detector = {
  codes: [
    {
      code: "orphan-response",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 and 4.2.2; OCPP 2.x part 4, 4.1.4 and 4.2.2",
      doc: "An answer with an id that no open request has. A defect where the recording holds the whole connection; else a smell, for the request may have come before the recording or be missing in the log. Nothing is said within the first second of a recording.",
    },
    {
      code: "answer-after-reconnect",
      class: "event",
      clause: "OCPP-J 1.6, 4.1.4 (errata 3.1: ids are unique over connections)",
      doc: "An answer to a request of an earlier connection.",
    },
    {
      code: "answer-mixed-up",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 and 4.2.2; OCPP 2.x part 4, 4.2.2",
      doc: "An answer whose content does not fit the request whose id it carries, and fits another request that is open since less than 30 s. A smell in an imported log, which may miss the other answer.",
    },
  ],
  start: () => (event, report) => {
    if (event.kind === "orphan") orphan(event, report);
    if (event.kind !== "answer" || event.answer.kind !== "result") return;
    const { exchange, answer, open } = event;
    if (open.length === 0 || exchange.connection.isDisturbed || !exchange.connection.hasSchemas) return;
    if (fits(answer.place, exchange)) return;
    const near = open.filter((other) => isNear(other, answer.place));
    const meant = meantFor(answer.place, answer.payload, exchange.action, near);
    if (meant === undefined) return;
    report({
      code: "answer-mixed-up",
      class: exchange.connection.isWire ? "defect" : "smell",
      place: answer.place,
      action: exchange.action,
      pointer: "/1",
      message: `carries the id of ${exchange.action}, but is the answer to ${meant.action}`,
    });
  },
};
