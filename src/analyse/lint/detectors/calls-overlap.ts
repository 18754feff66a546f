// More than one CALL open in one direction (OCPP-J 1.6 section 4.1.1: SHOULD NOT before the answer or a time-out;
// 2.x part 4 section 4.1.1: SHALL NOT). A SEND is exempt; so is whatever follows a boot, which is judged there.

import { BoundedMap } from "../../../base/bounded-map.js";
import { opposite } from "../../../base/direction.js";
import type { Exchange } from "../../history/events.js";
import type { Detection, Detector, ReportDetection } from "./detector.js";

const mostOpen = 1000;

/** The CALL that was open when this one was sent; undefined where none was for certain. */
const openBefore = (
  exchange: Exchange,
  open: readonly Exchange[],
  timeoutMs: number,
): Exchange | undefined => {
  const { connection, direction, place } = exchange;
  const { atMs } = place;
  if (exchange.isSend || connection.isDisturbed || atMs === null) return undefined;
  if (open.some((other) => other.action === "BootNotification")) return undefined;
  const unread = connection.unreadable[opposite(direction)];
  const first = open.find(
    (other) =>
      other.place.atMs !== null && atMs - other.place.atMs < timeoutMs && other.unreadableBefore === unread,
  );
  // A retry under the same id is judged as a repeated id.
  return first?.id === exchange.id ? undefined : first;
};

const foundFor = ({ place, action, connection }: Exchange, first: Exchange): Detection => {
  const age = (((place.atMs ?? 0) - (first.place.atMs ?? 0)) / 1000).toFixed(1);
  return {
    code: "calls-overlap",
    class: connection.version === "1.6" ? "smell" : "defect",
    place,
    action,
    message: `${action} while ${first.action} of ${age} s before is not answered`,
  };
};

/** Finds CALLs sent while another one is open. */
export const callsOverlapDetector: Detector = {
  codes: [
    {
      code: "calls-overlap",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.1 (SHOULD NOT); OCPP 2.x part 4, 4.1.1 (SHALL NOT)",
      doc: "A request while the same side's request before it is neither answered nor older than 30 s (--call-timeout). A smell in 1.6, a defect in 2.x. SEND is exempt; requests behind an open BootNotification are judged as call-before-boot. In an imported log the answer must come later, for it may be missing in the log.",
    },
  ],
  start: ({ callTimeoutMs }) => {
    /** In logs: what was sent while a CALL seemed open, until its answer comes. */
    const waiting = new BoundedMap<Exchange, Detection[]>(mostOpen);
    const wait = (first: Exchange, found: Detection): void => {
      const others = waiting.get(first) ?? [];
      if (others.length < mostOpen) waiting.set(first, [...others, found]);
    };
    const answered = (exchange: Exchange, report: ReportDetection): void => {
      for (const found of waiting.get(exchange) ?? []) report(found);
      waiting.delete(exchange);
    };
    return (event, report) => {
      if (event.kind === "answer") answered(event.exchange, report);
      if (event.kind !== "call") return;
      const first = openBefore(event.exchange, event.open, callTimeoutMs);
      if (first === undefined) return;
      const found = foundFor(event.exchange, first);
      if (event.exchange.connection.isWire) report(found);
      else wait(first, found);
    };
  },
};
