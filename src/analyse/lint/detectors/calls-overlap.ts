// A CALL while another CALL of the same side has no answer (OCPP-J 1.6 section 4.1.1: SHOULD NOT before the answer or a
// timeout; 2.x part 4 section 4.1.1: SHALL NOT). SEND is exempt, and so are CALLs after a boot, which boot.ts judges.

import { BoundedMap } from "../../../base/bounded-map.js";
import { opposite } from "../../../base/direction.js";
import type { Exchange } from "../../history/events.js";
import { type Detection, type Detector, type ReportDetection, senderName } from "./detector.js";

const mostOpen = 1000;

/** The CALL that certainly had no answer when this one was sent; undefined if there is none. */
const openBefore = (
  exchange: Exchange,
  open: readonly Exchange[],
  timeoutMs: number,
): Exchange | undefined => {
  const { connection, direction, place } = exchange;
  const { atMs } = place;
  if (exchange.isSend || connection.isDisturbed || atMs === null) return undefined;
  if (open.some((other) => other.action === "BootNotification")) return undefined;
  const unreadable = connection.unreadable[opposite(direction)];
  const first = open.find(
    (other) =>
      other.place.atMs !== null &&
      atMs - other.place.atMs < timeoutMs &&
      other.unreadableBefore === unreadable,
  );
  // duplicate-id.ts judges a repetition with the same id.
  return first?.id === exchange.id ? undefined : first;
};

const detectionOf = ({ place, action, connection, direction }: Exchange, first: Exchange): Detection => {
  const ageSeconds = (((place.atMs ?? 0) - (first.place.atMs ?? 0)) / 1000).toFixed(1);
  return {
    code: "calls-overlap",
    class: connection.version === "1.6" ? "smell" : "defect",
    place,
    action,
    message: `${senderName(direction)} sent ${action} while its ${first.action}, sent ${ageSeconds} s before, had no answer`,
  };
};

/** Detects CALLs that overlap. */
export const callsOverlapDetector: Detector = {
  codes: [
    {
      code: "calls-overlap",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (SHOULD NOT); OCPP 2.x part 4, 4.1.1 (SHALL NOT)",
      doc: "One side sent a request while its previous request, not older than 30 s (--call-timeout), had no answer. It is a smell in 1.6 and a defect in 2.x. SEND is exempt, and requests after a BootNotification without an answer are judged by their own codes. In an imported log it is reported only if the answer follows later, because the log may lack answers.",
    },
  ],
  start: ({ callTimeoutMs }) => {
    /** In imported logs: detections by the CALL that seemed open, until its answer shows that the log has it. */
    const pending = new BoundedMap<Exchange, Detection[]>(mostOpen);
    const keep = (first: Exchange, detection: Detection): void => {
      const others = pending.get(first) ?? [];
      if (others.length < mostOpen) pending.set(first, [...others, detection]);
    };
    const reportPending = (exchange: Exchange, report: ReportDetection): void => {
      for (const detection of pending.get(exchange) ?? []) report(detection);
      pending.delete(exchange);
    };
    return (event, report) => {
      if (event.kind === "answer") reportPending(event.exchange, report);
      if (event.kind !== "call") return;
      const first = openBefore(event.exchange, event.open, callTimeoutMs);
      if (first === undefined) return;
      const detection = detectionOf(event.exchange, first);
      if (event.exchange.connection.isWire) report(detection);
      else keep(first, detection);
    };
  },
};
