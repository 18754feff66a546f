// Message ids that one sender uses twice (OCPP-J 1.6 section 4.1.4, errata 2025-04 3.1: unique over all connections; a
// retry MAY reuse the id of the request that it repeats).

import type { Exchange } from "../../history/events.js";
import { type Detection, type Detector, senderName } from "./detector.js";
import { isSameRequest, retryCode, retryOf } from "./retry.js";

/** In imported logs, requests closer together than this belong to one connection. */
const nearMs = 60_000;

/** Whether both requests certainly used the same connection. */
const areOnOneConnection = (a: Exchange, b: Exchange, bootEntry: number): boolean => {
  if (a.place.connection !== b.place.connection) return false;
  if (b.connection.isWire) return true;
  if (bootEntry > a.place.entry) return false;
  return a.place.atMs !== null && b.place.atMs !== null && b.place.atMs - a.place.atMs <= nearMs;
};

const judge = (exchange: Exchange, earlier: Exchange, bootEntry: number): Detection => {
  const retry = isSameRequest(exchange, earlier) ? retryOf(exchange, earlier) : undefined;
  if (retry !== undefined) return retry;
  const { place, action, id, direction } = exchange;
  const isOne = areOnOneConnection(earlier, exchange, bootEntry);
  const where = isOne ? "on this connection" : "on an earlier connection or long before";
  return {
    code: isOne ? "duplicate-id" : "duplicate-id-across-connections",
    place,
    action,
    pointer: "/1",
    message: `${senderName(direction)} used the id ${JSON.stringify(id.slice(0, 60))} before, for ${earlier.action} ${where}, so an answer may be matched to the wrong request`,
  };
};

/** Detects ids that are used twice. */
export const duplicateIdDetector: Detector = {
  codes: [
    {
      code: "duplicate-id",
      class: "defect",
      clause: "OCPP-J 1.6, 4.1.4 (errata 2025-04, 3.1); OCPP 2.x part 4, 4.1.4",
      doc: "One sender used the same id for two different requests on one connection, so an answer can belong to either. In an imported log, which has no connections, it is reported only within 60 s and with no boot between the requests.",
    },
    {
      code: "duplicate-id-across-connections",
      class: "smell",
      clause:
        "OCPP-J 1.6, 4.1.4, errata 2025-04, 3.1 (the original text requires unique ids only per connection)",
      doc: "One sender used the same id for two different requests on different connections. The original text of OCPP-J 1.6 allowed this.",
    },
    retryCode,
  ],
  start: () => {
    let bootEntry = -1;
    return (event, report) => {
      if (event.kind !== "call") return;
      const { exchange, earlier } = event;
      // After a boot a charger may count its ids from the beginning.
      if (exchange.action === "BootNotification") bootEntry = exchange.place.entry;
      if (earlier === undefined || exchange.connection.isDisturbed) return;
      report(judge(exchange, earlier, bootEntry));
    };
  },
};
