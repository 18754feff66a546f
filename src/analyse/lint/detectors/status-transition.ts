// Steps of a connector's status against the table of OCPP 1.6 section 4.9. Errata 3.19: states that last shorter
// than the maker's minimum are left out, so Preparing before charging and Finishing after it need not be there.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Exchange } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

const steps: Readonly<Record<string, readonly string[]>> = {
  Available: ["Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Reserved", "Unavailable"],
  Preparing: ["Available", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"],
  Charging: ["Available", "SuspendedEV", "SuspendedEVSE", "Finishing", "Unavailable"],
  SuspendedEV: ["Available", "Charging", "SuspendedEVSE", "Finishing", "Unavailable"],
  SuspendedEVSE: ["Available", "Charging", "SuspendedEV", "Finishing", "Unavailable"],
  Finishing: ["Available", "Preparing", "Unavailable"],
  Reserved: ["Available", "Preparing", "Unavailable"],
  Unavailable: ["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE"],
};

const has = (from: string, to: string): boolean => steps[from]?.includes(to) === true;

/** Whether a step is in the table, or is one with a short state left out. */
const isLegal = (from: string, to: string): boolean => {
  if (from === to || from === "Faulted" || to === "Faulted") return true;
  if (steps[from] === undefined || steps[to] === undefined || has(from, to)) return true;
  const skipsPreparing =
    has(from, "Preparing") && has("Preparing", to) && to !== "Finishing" && to !== "Available";
  const skipsFinishing = has(from, "Finishing") && from !== "Preparing" && has("Finishing", to);
  // A connector that was free for a moment may have been made unavailable.
  return skipsPreparing || skipsFinishing || to === "Unavailable";
};

const ofZero: ReadonlySet<string> = new Set(["Available", "Unavailable", "Faulted"]);

interface Known {
  readonly status: string;
  readonly stated: number | undefined;
}

class Statuses {
  private readonly known = new BoundedMap<string, Known>(1000);
  private minimum = 0;

  call(exchange: Exchange, report: ReportDetection): void {
    const { action, direction, connection, payload } = exchange;
    if (action === "BootNotification") this.known.clear();
    if (/TriggerMessage$/.test(action) && textAt(payload, "requestedMessage") === "StatusNotification")
      this.known.clear();
    const isStatus = action === "StatusNotification" && direction === "cp-to-csms";
    if (isStatus && connection.version === "1.6" && !connection.isDisturbed) this.status(exchange, report);
  }

  answer(exchange: Exchange): void {
    this.minimum = configuredNumber(exchange, "MinimumStatusDuration") ?? this.minimum;
  }

  forget(): void {
    this.known.clear();
  }

  private status(exchange: Exchange, report: ReportDetection): void {
    const { payload, place, action, connection } = exchange;
    const connector = connectorOf(payload);
    const status = textAt(payload, "status");
    if (connector === undefined || status === undefined) return;
    if (connector === "0") {
      if (!ofZero.has(status) && steps[status] !== undefined)
        report({
          code: "status-connector-zero",
          place,
          action,
          pointer: "/3/status",
          message: `connector 0, the charge point itself, is ${status}; it knows Available, Unavailable and Faulted`,
        });
      return;
    }
    const key = `${connection.number} ${connector}`;
    const before = this.known.get(key);
    const stated = statedTime(exchange)?.epochMs;
    // What was reported late says nothing of the step.
    if (before?.stated !== undefined && stated !== undefined && stated < before.stated) return;
    this.known.set(key, { status, stated });
    if (before === undefined || this.minimum > 0 || isLegal(before.status, status)) return;
    report({
      code: "status-transition-violation",
      place,
      action,
      pointer: "/3/status",
      message: `connector ${connector.slice(0, 20)} goes from ${before.status} to ${status}`,
    });
  }
}

/** Finds steps of status that the table does not have. */
export const statusTransitionDetector: Detector = {
  codes: [
    {
      code: "status-transition-violation",
      class: "smell",
      clause: "OCPP 1.6, 4.9 (table of status transitions); errata 2025-04, 3.19",
      doc: "A connector's status changes in a way that the table of section 4.9 does not have, and that leaving out a short Preparing or Finishing does not explain. The first status after a boot, a reconnect or a TriggerMessage is not judged, nor is anything once MinimumStatusDuration is above 0.",
    },
    {
      code: "status-connector-zero",
      class: "smell",
      clause: "OCPP 1.6, 4.9 and 6.47 (connectorId 0)",
      doc: "Connector 0 stands for the charge point itself and has only Available, Unavailable and Faulted.",
    },
  ],
  start: () => {
    const statuses = new Statuses();
    return (event, report) => {
      if (event.kind === "call") statuses.call(event.exchange, report);
      else if (event.kind === "answer") statuses.answer(event.exchange);
      else if (event.kind === "opened") statuses.forget();
    };
  },
};
