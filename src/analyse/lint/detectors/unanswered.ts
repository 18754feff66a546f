// CALLs that nobody answered though there was time enough (OCPP 1.6 sections 4 and 5: the receiver SHALL respond
// to every request). Where only messages are known, a later answer must show that answers were logged at all.

import type { Connection, Exchange } from "../../history/events.js";
import type { Detector, ReportDetection } from "./detector.js";

const patience = 60_000;
const mostOpen = 2000;

/** Actions whose answer may take as long as the work does. */
export const slowActions: ReadonlySet<string> = new Set([
  "GetDiagnostics",
  "UnlockConnector",
  "UpdateFirmware",
]);

interface Waiting {
  readonly exchange: Exchange;
  /** A CALL of the same side that came later was answered. */
  isPassedOver: boolean;
}

const judge = ({ exchange, isPassedOver }: Waiting, now: number | null, report: ReportDetection): void => {
  const { connection, direction, place, action, unreadableBefore } = exchange;
  if (connection.isDisturbed || slowActions.has(action)) return;
  const answering = direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms";
  if (connection.unreadable[answering] !== unreadableBefore || place.atMs === null || now === null) return;
  const lived = now - place.atMs;
  if (!isPassedOver && (!connection.isWire || lived <= patience)) return;
  const seconds = (lived / 1000).toFixed(1);
  report({
    code: direction === "cp-to-csms" ? "unresponsive-csms" : "unresponsive-station",
    class: lived <= patience ? "event" : connection.isWire ? "defect" : "smell",
    place,
    action,
    by: direction === "cp-to-csms" ? "csms" : "charger",
    message: `${action} was never answered${isPassedOver ? ", a later request was" : ""}; the connection went on for ${seconds} s`,
  });
};

const doc = (who: string): string =>
  `A request that ${who} never answered although the connection lived for more than 60 s after it. Where it ended earlier and a later request was answered, it is told as an event. GetDiagnostics, UnlockConnector and UpdateFirmware may take their time. In an imported log, which may miss the answer itself, it is a smell, and only where a later request was answered.`;

/** Finds CALLs without an answer. */
export const unansweredDetector: Detector = {
  codes: [
    {
      code: "unresponsive-csms",
      class: "defect",
      clause: "OCPP 1.6 section 4 (each operation: the Central System SHALL respond); OCPP 2.x part 4, 4.1.1",
      doc: doc("the CSMS"),
    },
    {
      code: "unresponsive-station",
      class: "defect",
      clause: "OCPP 1.6 section 5 (each operation: the Charge Point SHALL respond); OCPP 2.x part 4, 4.1.1",
      doc: doc("the charge point"),
    },
  ],
  start: () => {
    const waiting = new Map<Connection, Waiting[]>();
    const answered = (exchange: Exchange): void => {
      const open = waiting.get(exchange.connection) ?? [];
      const still = open.filter((one) => one.exchange.id !== exchange.id);
      const { entry } = exchange.place;
      for (const one of still)
        if (one.exchange.direction === exchange.direction && one.exchange.place.entry < entry)
          one.isPassedOver = true;
      waiting.set(exchange.connection, still);
    };
    const settle = (connection: Connection, now: number | null, report: ReportDetection): void => {
      for (const one of waiting.get(connection) ?? []) judge(one, now, report);
      waiting.delete(connection);
    };
    const called = (exchange: Exchange): void => {
      if (exchange.isSend) return;
      const open = waiting.get(exchange.connection) ?? [];
      open.push({ exchange, isPassedOver: false });
      if (open.length > mostOpen) open.shift();
      waiting.set(exchange.connection, open);
    };
    return (event, report) => {
      if (event.kind === "call") called(event.exchange);
      else if (event.kind === "answer") answered(event.exchange);
      else if (event.kind === "closed") settle(event.connection, event.nowMs, report);
      else if (event.kind === "end")
        for (const connection of [...waiting.keys()]) settle(connection, event.nowMs, report);
    };
  },
};
