// CALLs without an answer although there was time for one (OCPP 1.6 sections 4 and 5: the receiver SHALL respond to every
// request). In an imported log a later answer must show that the log contains answers.

import { opposite } from "../../../base/direction.js";
import type { Connection, Exchange } from "../../history/events.js";
import { slowActions } from "../../history/slow-actions.js";
import { type Detector, type ReportDetection, senderName } from "./detector.js";

const patienceMs = 60_000;
const mostOpen = 2000;

interface Waiting {
  readonly exchange: Exchange;
  /** Whether a later CALL of the same side was answered. */
  isSkipped: boolean;
}

const judge = ({ exchange, isSkipped }: Waiting, nowMs: number | null, report: ReportDetection): void => {
  const { connection, direction, place, action, unreadableBefore } = exchange;
  if (connection.isDisturbed || slowActions.has(action)) return;
  const answering = opposite(direction);
  if (connection.unreadable[answering] !== unreadableBefore || place.atMs === null || nowMs === null) return;
  const waitedMs = nowMs - place.atMs;
  if (!isSkipped && (!connection.isWire || waitedMs <= patienceMs)) return;
  const seconds = (waitedMs / 1000).toFixed(1);
  report({
    code: direction === "cp-to-csms" ? "unresponsive-csms" : "unresponsive-station",
    class: waitedMs <= patienceMs ? "event" : connection.isWire ? "defect" : "smell",
    place,
    action,
    by: direction === "cp-to-csms" ? "csms" : "charger",
    message: `${senderName(answering)} never answered ${action}${isSkipped ? ", but answered a later request" : ""}; the connection stayed open for ${seconds} s`,
  });
};

const doc = (who: string): string =>
  `${who} never answered a request although the connection stayed open for more than 60 s. If the connection ended earlier and a later request was answered, it is an event. GetDiagnostics, UnlockConnector and UpdateFirmware do not count. In an imported log, which may lack the answer, it is a smell and is reported only if a later request was answered.`;

/** Detects CALLs without an answer. */
export const unansweredDetector: Detector = {
  codes: [
    {
      code: "unresponsive-csms",
      class: "defect",
      clause: "OCPP 1.6, 4 (each operation: the Central System SHALL respond); OCPP 2.x part 4, 4.1.1",
      doc: doc("The CSMS"),
    },
    {
      code: "unresponsive-station",
      class: "defect",
      clause: "OCPP 1.6, 5 (each operation: the Charge Point SHALL respond); OCPP 2.x part 4, 4.1.1",
      doc: doc("The charger"),
    },
  ],
  start: () => {
    const waiting = new Map<Connection, Waiting[]>();
    const removeAnswered = (exchange: Exchange): void => {
      const open = waiting.get(exchange.connection) ?? [];
      const others = open.filter((one) => one.exchange.id !== exchange.id);
      const { entry } = exchange.place;
      for (const one of others)
        if (one.exchange.direction === exchange.direction && one.exchange.place.entry < entry)
          one.isSkipped = true;
      waiting.set(exchange.connection, others);
    };
    const settle = (connection: Connection, nowMs: number | null, report: ReportDetection): void => {
      for (const one of waiting.get(connection) ?? []) judge(one, nowMs, report);
      waiting.delete(connection);
    };
    const addCall = (exchange: Exchange): void => {
      if (exchange.isSend) return;
      const open = waiting.get(exchange.connection) ?? [];
      open.push({ exchange, isSkipped: false });
      if (open.length > mostOpen) open.shift();
      waiting.set(exchange.connection, open);
    };
    return (event, report) => {
      if (event.kind === "call") addCall(event.exchange);
      else if (event.kind === "answer") removeAnswered(event.exchange);
      else if (event.kind === "closed") settle(event.connection, event.nowMs, report);
      else if (event.kind === "end")
        for (const connection of [...waiting.keys()]) settle(connection, event.nowMs, report);
    };
  },
};
