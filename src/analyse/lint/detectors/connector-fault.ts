// Connectors that report a fault (OCPP 1.6 sections 4.9 and 7.6; 2.x StatusNotification). A repeated report of the same
// fault is not reported again.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorStatusOf, outletOf, textAt, valueAt } from "../../../ocpp/payload.js";
import type { Exchange } from "../../history/events.js";
import type { Detection, Detector } from "./detector.js";

const nameOf = (payload: unknown): string => {
  const { evse = "", connector = "" } = outletOf(payload);
  return `${evse} ${connector}`.trim();
};

/** The detection of a new fault in a StatusNotification; undefined if there is none. */
const faultIn = ({ payload, place, action }: Exchange, known: Map<string, string>): Detection | undefined => {
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
  const reason = error === "" ? "" : ` with the error code ${error.slice(0, 40)}`;
  const message = `the charger reported connector ${connector.slice(0, 20)} as Faulted${reason}`;
  return { code: "connector-fault", place, action, pointer, message };
};

/** Detects faults of connectors. */
export const connectorFaultDetector: Detector = {
  codes: [
    {
      code: "connector-fault",
      class: "event",
      clause: "OCPP 1.6, 4.9 and 7.6 (ChargePointErrorCode); OCPP 2.0.1 part 2, G01",
      doc: "The charger reported a connector, or itself as connector 0, as Faulted.",
    },
  ],
  start: () => {
    const known = new BoundedMap<string, string>(1000);
    return (event, report) => {
      if (event.kind !== "call" || event.exchange.action !== "StatusNotification") return;
      const fault = event.exchange.direction === "cp-to-csms" ? faultIn(event.exchange, known) : undefined;
      if (fault !== undefined) report(fault);
    };
  },
};
