// Connectors that report a fault (OCPP 1.6 sections 4.9 and 7.6; 2.x StatusNotification). Each fault is told once,
// however often its status is repeated.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorStatusOf, outletOf, textAt, valueAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

const nameOf = (payload: unknown): string => {
  const { evse = "", connector = "" } = outletOf(payload);
  return `${evse} ${connector}`.trim();
};

/** The fault that a StatusNotification reports, unless it is among those known. */
const faultOf = ({ payload, place, action }: Exchange, known: Map<string, string>): Detection | undefined => {
  const status = connectorStatusOf(payload);
  const connector = nameOf(payload);
  if (status !== "Faulted") {
    known.delete(connector);
    return undefined;
  }
  const error = textAt(payload, "errorCode") ?? "";
  if (known.get(connector) === error) return undefined;
  known.set(connector, error);
  const pointer = valueAt(payload, "connectorStatus") === undefined ? "/3/status" : "/3/connectorStatus";
  const message = `connector ${connector.slice(0, 20)} is Faulted${error === "" ? "" : `: ${error.slice(0, 40)}`}`;
  return { code: "connector-fault", place, action, pointer, message };
};

/** Tells of faults. */
export const connectorFaultDetector: Detector = {
  codes: [
    {
      code: "connector-fault",
      class: "event",
      clause: "OCPP 1.6, 4.9 and 7.6 (ChargePointErrorCode); OCPP 2.0.1 part 2, G01",
      doc: "A connector, or the charge point itself, reports Faulted.",
    },
  ],
  start: () => {
    const known = new BoundedMap<string, string>(1000);
    return (event, report) => {
      if (event.kind !== "call" || event.exchange.action !== "StatusNotification") return;
      const found = event.exchange.direction === "cp-to-csms" ? faultOf(event.exchange, known) : undefined;
      if (found !== undefined) report(found);
    };
  },
};
