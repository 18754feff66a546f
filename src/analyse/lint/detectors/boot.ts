// Boots: requests before a boot is accepted, and boots that are repeated too often (OCPP 1.6 section 4.2; OCPP-J 1.6
// section 5.4: no boot after a mere reconnect; 2.x part 2, B01 to B03).

import { textAt } from "../../../ocpp/payload.js";
import type { Connection, Exchange, HistoryEvent } from "../../history/events.js";
import type { Detection, Detector, ReportDetection } from "./detector.js";

/** A request within this time after the answer may have been sent before the answer arrived. */
const inFlightMs = 1000;
/** A request within this time after a boot was sent without waiting for the answer. */
const pipelinedMs = 2000;
const loopWindowMs = 600_000;
const mostPending = 100;

/** Requests of the CSMS, and the actions that a charger whose boot is Pending may send because of them. */
const requests: ReadonlyMap<string, RegExp> = new Map([
  ["TriggerMessage", /./],
  ["ExtendedTriggerMessage", /./],
  ["GetBaseReport", /^NotifyReport$/],
  ["GetReport", /^NotifyReport$/],
  ["GetLog", /^LogStatusNotification$/],
  ["GetDiagnostics", /^DiagnosticsStatusNotification$/],
  ["UpdateFirmware", /FirmwareStatusNotification$/],
  ["SignedUpdateFirmware", /FirmwareStatusNotification$/],
]);

const reasonsForBoot: ReadonlySet<string> = new Set([
  "Reset",
  "TriggerMessage",
  "ExtendedTriggerMessage",
  "UpdateFirmware",
  "SignedUpdateFirmware",
]);

/** A boot that is not accepted yet. */
interface Booting {
  boot: Exchange;
  /** When the CSMS answered Pending or Rejected; undefined while there is no answer. */
  refusedAtMs: number | null | undefined;
  status: string;
  /** Actions that the CSMS requested meanwhile. */
  readonly requested: string[];
  /** In imported logs: detections that count once an answer shows that the log contains answers. */
  readonly pending: Detection[];
}

const isRequested = ({ requested }: Booting, action: string): boolean =>
  requested.some((request) => requests.get(request)?.test(action));

/** Judges a request of the charger while its boot has no answer. */
const judgeUnanswered = (
  { place, action, connection }: Exchange,
  state: Booting,
  report: ReportDetection,
): void => {
  const { boot, pending } = state;
  if (connection.unreadable["csms-to-cp"] !== boot.unreadableBefore) return;
  const waitedMs = place.atMs === null || boot.place.atMs === null ? null : place.atMs - boot.place.atMs;
  const code =
    waitedMs === null || waitedMs <= pipelinedMs ? "call-pipelined-after-boot" : "call-before-boot";
  const message = `the charger sent ${action} before the CSMS answered its BootNotification`;
  if (connection.isWire) report({ code, place, action, message });
  else if (pending.length < mostPending) pending.push({ code, place, action, message });
};

const judge = (exchange: Exchange, state: Booting, report: ReportDetection): void => {
  const { place, action, connection } = exchange;
  if (action === "BootNotification" || connection.isDisturbed || isRequested(state, action)) return;
  const { refusedAtMs, status } = state;
  if (refusedAtMs === undefined) {
    judgeUnanswered(exchange, state, report);
    return;
  }
  if (place.atMs !== null && refusedAtMs !== null && place.atMs - refusedAtMs < inFlightMs) return;
  report({
    code: "call-before-boot",
    place,
    action,
    message: `the charger sent ${action} although the CSMS answered its BootNotification with ${status}`,
  });
};

class Boots {
  private readonly booting = new Map<Connection, Booting>();
  private acceptedAtMs: number[] = [];
  private isAccepted = false;
  private isReconnected = false;

  handle(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "opened") this.isReconnected = event.previous !== undefined;
    else if (event.kind === "closed") this.booting.delete(event.connection);
    else if (event.kind === "call") this.call(event.exchange, report);
    else if (event.kind === "answer") {
      if (event.exchange.direction === "cp-to-csms") this.reportPending(event.exchange.connection, report);
      if (event.exchange.action === "BootNotification") this.answer(event.exchange, report);
    }
  }

  private call(exchange: Exchange, report: ReportDetection): void {
    const { connection, direction, action } = exchange;
    const state = this.booting.get(connection);
    if (direction === "csms-to-cp") {
      if (requests.has(action)) state?.requested.push(action);
      if (!reasonsForBoot.has(action)) return;
      this.acceptedAtMs = [];
      this.isAccepted = false;
      return;
    }
    if (exchange.isSend) return;
    if (state !== undefined) judge(exchange, state, report);
    if (action !== "BootNotification") return;
    this.booting.set(connection, {
      boot: exchange,
      refusedAtMs: undefined,
      status: "",
      requested: state?.requested ?? [],
      pending: [],
    });
  }

  /** An answer of the CSMS shows that the log contains answers. */
  private reportPending(connection: Connection, report: ReportDetection): void {
    for (const detection of this.booting.get(connection)?.pending.splice(0) ?? []) report(detection);
  }

  private answer(exchange: Exchange, report: ReportDetection): void {
    const { answer, connection, action } = exchange;
    const state = this.booting.get(connection);
    if (answer === undefined || state?.boot !== exchange) return;
    const status = answer.kind === "result" ? textAt(answer.payload, "status") : answer.code;
    if (status === "Accepted") {
      this.booting.delete(connection);
      this.accept(exchange, report);
      return;
    }
    // Neither a CALLERROR nor a broken answer forbids the charger to send requests.
    if (answer.kind !== "result" || (status !== "Pending" && status !== "Rejected")) {
      this.booting.delete(connection);
      return;
    }
    state.refusedAtMs = answer.place.atMs;
    state.status = status;
    report({
      code: "boot-not-accepted",
      place: answer.place,
      action,
      pointer: "/2/status",
      message: `the CSMS answered the BootNotification with ${status}, so the charger must wait before it sends other requests`,
    });
  }

  private accept({ place, action, connection }: Exchange, report: ReportDetection): void {
    if (connection.isDisturbed) return;
    if (this.isAccepted && this.isReconnected && connection.isWire)
      report({
        code: "boot-after-reconnect",
        place,
        action,
        message: "the charger sent a BootNotification after a mere reconnect, or it had restarted",
      });
    this.isAccepted = true;
    this.isReconnected = false;
    const { atMs } = place;
    if (atMs === null) return;
    this.acceptedAtMs = [...this.acceptedAtMs.filter((one) => atMs - one <= loopWindowMs), atMs];
    const { length } = this.acceptedAtMs;
    if (length < 3) return;
    const message = `the charger booted ${length} times within 10 minutes without a request of the CSMS: it restarts again and again`;
    report({ code: "boot-loop", place, action, message });
  }
}

/** Detects requests before an accepted boot, and repeated boots. */
export const bootDetector: Detector = {
  codes: [
    {
      code: "call-before-boot",
      class: "defect",
      clause: "OCPP 1.6, 4.2 (SHALL NOT send any other request); OCPP 2.0.1 part 2, B02.FR.02 and B03",
      doc: "The charger sent a request before a boot was accepted. The CSMS answered the boot of this connection with Pending or Rejected, or has not answered it for more than 2 s, and it did not ask for the request. Requests within 1 s after the answer do not count, because they may have been sent before it arrived. A reconnect without a boot is correct. In an imported log it is reported only if an answer of the CSMS shows that the log contains answers.",
    },
    {
      code: "call-pipelined-after-boot",
      class: "smell",
      clause: "OCPP 1.6, 4.2; OCPP-J 1.6, 4.1.1",
      doc: "The charger sent a request within 2 s after its BootNotification, without waiting for the answer.",
    },
    {
      code: "boot-loop",
      class: "smell",
      clause: "OCPP 1.6, 4.2 (a boot at each start); OCPP-J 1.6, 5.4",
      doc: "The charger had three boots accepted within 10 minutes, without Reset, TriggerMessage or UpdateFirmware between them.",
    },
    {
      code: "boot-after-reconnect",
      class: "event",
      clause: "OCPP-J 1.6, 5.4 (SHOULD NOT)",
      doc: "The charger sent a BootNotification on a new connection although an earlier one was accepted and the CSMS asked for none. The charger may have lost power.",
    },
    {
      code: "boot-not-accepted",
      class: "event",
      clause: "OCPP 1.6, 4.2",
      doc: "The CSMS answered a BootNotification with Pending or Rejected.",
    },
  ],
  start: () => {
    const boots = new Boots();
    return (event, report) => boots.handle(event, report);
  },
};
