// Message ids used twice by one sender (OCPP-J 1.6 section 4.1.4, errata 2025-04 3.1: unique over all connections;
// a retry MAY reuse the id of what it repeats).

import type { Exchange } from "../../history/events.js";
import { payloadKey } from "../../messages/payload-text.js";
import type { Detection, Detector } from "./detector.js";

const nearMs = 60_000;

const isSame = (a: Exchange, b: Exchange): boolean =>
  a.action === b.action && payloadKey(a.payload) === payloadKey(b.payload);

/** Whether both went over one connection; of a log without connections only what lies close together is sure. */
const onOneConnection = (a: Exchange, b: Exchange, bootEntry: number): boolean => {
  if (a.place.connection !== b.place.connection) return false;
  if (b.connection.isWire) return true;
  if (bootEntry > a.place.entry) return false;
  return a.place.atMs !== null && b.place.atMs !== null && b.place.atMs - a.place.atMs <= nearMs;
};

const judge = (exchange: Exchange, earlier: Exchange, bootEntry: number): Detection | undefined => {
  const { place, action, id } = exchange;
  const shared = { place, action, pointer: "/1" } as const;
  const shown = JSON.stringify(id.slice(0, 60));
  if (isSame(exchange, earlier) && earlier.answer?.kind !== "result")
    return {
      ...shared,
      code: "retry",
      message: `${action} again under its id ${shown}: the first got no result`,
    };
  if (onOneConnection(earlier, exchange, bootEntry))
    return {
      ...shared,
      code: "duplicate-id",
      message: `the id ${shown} was used before, for ${earlier.action}, on this connection`,
    };
  const message = `the id ${shown} was used before, for ${earlier.action}, on an earlier connection or long before`;
  return { ...shared, code: "duplicate-id-across-connections", message };
};

/** Finds ids that are used twice. */
export const duplicateIdDetector: Detector = {
  codes: [
    {
      code: "duplicate-id",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 (errata 2025-04, 3.1); OCPP 2.x part 4, 4.1.4",
      doc: "Two different requests of one sender on one connection carry the same id, so an answer can be for either. In an imported log, which knows no connections, only within 60 s and with no boot between.",
    },
    {
      code: "duplicate-id-across-connections",
      class: "smell",
      clause: "OCPP-J 1.6, 4.1.4, errata 2025-04, 3.1 (the text before asked for uniqueness per connection)",
      doc: "Two different requests of one sender on different connections carry the same id. The older text allowed it.",
    },
    {
      code: "retry",
      class: "event",
      clause: "OCPP 1.6, 3.7.1; OCPP-J 1.6 errata 2025-04, 3.1",
      doc: "The same request again, by the same id or as the same transaction message, because the first got no answer or a CALLERROR.",
    },
  ],
  start: () => {
    let bootEntry = -1;
    return (event, report) => {
      if (event.kind !== "call") return;
      const { exchange, earlier } = event;
      // Only a boot of the same stretch of log can tell that the charger counts anew.
      if (exchange.action === "BootNotification") bootEntry = exchange.place.entry;
      if (earlier === undefined || exchange.connection.isDisturbed) return;
      const found = judge(exchange, earlier, bootEntry);
      if (found !== undefined) report(found);
    };
  },
};
