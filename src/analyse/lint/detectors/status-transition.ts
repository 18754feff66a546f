// Changes of a connector's status compared with the table of OCPP 1.6 section 4.9. Errata 2025-04 3.19: a charger may leave
// out states of short duration, so Preparing before charging and Finishing after it may be missing.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import { configuredNumber } from "../../history/configured.js";
import type { Exchange } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detector, ReportDetection } from "./detector.js";

/** By status: the statuses that may follow it. */
const transitions: Readonly<Record<string, readonly string[]>> = {
  Available: ["Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Reserved", "Unavailable"],
  Preparing: ["Available", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"],
  Charging: ["Available", "SuspendedEV", "SuspendedEVSE", "Finishing", "Unavailable"],
  SuspendedEV: ["Available", "Charging", "SuspendedEVSE", "Finishing", "Unavailable"],
  SuspendedEVSE: ["Available", "Charging", "SuspendedEV", "Finishing", "Unavailable"],
  Finishing: ["Available", "Preparing", "Unavailable"],
  Reserved: ["Available", "Preparing", "Unavailable"],
  Unavailable: ["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE"],
};

const has = (from: string, to: string): boolean => transitions[from]?.includes(to) === true;

/** Whether a transition is in the table, or skips a short state. */
const isAllowed = (from: string, to: string): boolean => {
  if (from === to || from === "Faulted" || to === "Faulted") return true;
  if (transitions[from] === undefined || transitions[to] === undefined || has(from, to)) return true;
  const skipsPreparing =
    has(from, "Preparing") && has("Preparing", to) && to !== "Finishing" && to !== "Available";
  const skipsFinishing = has(from, "Finishing") && from !== "Preparing" && has("Finishing", to);
  // A connector that was Available for a short time may have been made Unavailable.
  return skipsPreparing || skipsFinishing || to === "Unavailable";
};

const statusesOfZero: ReadonlySet<string> = new Set(["Available", "Unavailable", "Faulted"]);

/** The last status of a connector. */
interface Known {
  readonly status: string;
  readonly statedEpochMs: number | undefined;
}

class Statuses {
  private readonly known = new BoundedMap<string, Known>(1000);
  /** MinimumStatusDuration, in seconds. */
  private minimumDuration = 0;

  call(exchange: Exchange, report: ReportDetection): void {
    const { action, direction, connection, payload } = exchange;
    if (action === "BootNotification") this.known.clear();
    if (/TriggerMessage$/.test(action) && textAt(payload, "requestedMessage") === "StatusNotification")
      this.known.clear();
    const isStatus = action === "StatusNotification" && direction === "cp-to-csms";
    if (isStatus && connection.version === "1.6" && !connection.isDisturbed) this.status(exchange, report);
  }

  answer(exchange: Exchange): void {
    this.minimumDuration = configuredNumber(exchange, "MinimumStatusDuration") ?? this.minimumDuration;
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
      if (!statusesOfZero.has(status) && transitions[status] !== undefined)
        report({
          code: "status-connector-zero",
          place,
          action,
          pointer: "/3/status",
          message: `the charger reported connector 0, which is the charger itself, as ${status}; only Available, Unavailable and Faulted are allowed`,
        });
      return;
    }
    const key = `${connection.number} ${connector}`;
    const before = this.known.get(key);
    const statedEpochMs = statedTime(exchange)?.epochMs;
    // A report that is older than the last one says nothing about the transition.
    if (before?.statedEpochMs !== undefined && statedEpochMs !== undefined)
      if (statedEpochMs < before.statedEpochMs) return;
    this.known.set(key, { status, statedEpochMs });
    if (before === undefined || this.minimumDuration > 0 || isAllowed(before.status, status)) return;
    report({
      code: "status-transition-violation",
      place,
      action,
      pointer: "/3/status",
      message: `the charger reported that connector ${connector.slice(0, 20)} changed from ${before.status} to ${status}, which the table of transitions does not allow`,
    });
  }
}

/** Detects transitions of status that are not allowed. */
export const statusTransitionDetector: Detector = {
  codes: [
    {
      code: "status-transition-violation",
      class: "smell",
      clause: "OCPP 1.6, 4.9 (table of status transitions); errata 2025-04, 3.19",
      doc: "The charger reported a status transition that the table of section 4.9 does not contain, even if a short Preparing or Finishing was skipped. The first status after a boot, a reconnect or a TriggerMessage is not judged. If MinimumStatusDuration is above 0, no transition is judged.",
    },
    {
      code: "status-connector-zero",
      class: "smell",
      clause: "OCPP 1.6, 4.9 and 6.47 (connectorId 0)",
      doc: "The charger reported a status of connector 0 that it cannot have. Connector 0 is the charger itself; it has only Available, Unavailable and Faulted.",
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
