// Boots: what is sent before one is accepted, and boots that come too often (OCPP 1.6 section 4.2, OCPP-J 1.6
// section 5.4: no boot after a mere reconnect; 2.x part 2, B01 to B03).

import { textAt } from "../../../ocpp/payload.js";
import type { Connection, Exchange, HistoryEvent } from "../../history/events.js";
import type { Detection, Detector, ReportDetection } from "./detector.js";

const onTheWay = 1000;
const pipelined = 2000;
const loopSpan = 600_000;

/** What a Pending charger may be asked for. */
const asking: ReadonlyMap<string, RegExp> = new Map([
  ["TriggerMessage", /./],
  ["ExtendedTriggerMessage", /./],
  ["GetBaseReport", /^NotifyReport$/],
  ["GetReport", /^NotifyReport$/],
  ["GetLog", /^LogStatusNotification$/],
  ["GetDiagnostics", /^DiagnosticsStatusNotification$/],
  ["UpdateFirmware", /FirmwareStatusNotification$/],
  ["SignedUpdateFirmware", /FirmwareStatusNotification$/],
]);

const excusesForBoot: ReadonlySet<string> = new Set([
  "Reset",
  "TriggerMessage",
  "ExtendedTriggerMessage",
  "UpdateFirmware",
  "SignedUpdateFirmware",
]);

interface Booting {
  /** The boot that is neither accepted nor superseded. */
  boot: Exchange;
  /** When another answer than Accepted passed; undefined while there is none. */
  refusedAt: number | null | undefined;
  status: string;
  readonly asked: string[];
  /** In logs: what is told once answers are seen to be logged. */
  readonly waiting: Detection[];
}

const isAskedFor = ({ asked }: Booting, action: string): boolean =>
  asked.some((request) => asking.get(request)?.test(action));

/** A request while the boot is not answered. */
const judgeEarly = (
  { place, action, connection }: Exchange,
  state: Booting,
  report: ReportDetection,
): void => {
  const { boot, waiting } = state;
  if (connection.unreadable["csms-to-cp"] !== boot.unreadableBefore) return;
  const waited = place.atMs === null || boot.place.atMs === null ? null : place.atMs - boot.place.atMs;
  const code = waited === null || waited <= pipelined ? "call-pipelined-after-boot" : "call-before-boot";
  const found = { code, place, action, message: `${action} while BootNotification is not answered` };
  if (connection.isWire) report(found);
  else if (waiting.length < 100) waiting.push(found);
};

const judge = (exchange: Exchange, state: Booting, report: ReportDetection): void => {
  const { place, action, connection } = exchange;
  if (action === "BootNotification" || connection.isDisturbed || isAskedFor(state, action)) return;
  const { refusedAt, status } = state;
  if (refusedAt === undefined) {
    judgeEarly(exchange, state, report);
    return;
  }
  // What was on the way when the answer passed was sent without knowing it.
  if (place.atMs !== null && refusedAt !== null && place.atMs - refusedAt < onTheWay) return;
  report({
    code: "call-before-boot",
    place,
    action,
    message: `${action} after the boot was answered ${status}`,
  });
};

class Boots {
  private readonly booting = new Map<Connection, Booting>();
  private accepted: number[] = [];
  private isAccepted = false;
  private isReconnected = false;

  see(event: HistoryEvent, report: ReportDetection): void {
    if (event.kind === "opened") this.isReconnected = event.previous !== undefined;
    else if (event.kind === "closed") this.booting.delete(event.connection);
    else if (event.kind === "call") this.call(event.exchange, report);
    else if (event.kind === "answer") {
      if (event.exchange.direction === "cp-to-csms") this.tellWaiting(event.exchange.connection, report);
      if (event.exchange.action === "BootNotification") this.answer(event.exchange, report);
    }
  }

  private call(exchange: Exchange, report: ReportDetection): void {
    const { connection, direction, action } = exchange;
    const state = this.booting.get(connection);
    if (direction === "csms-to-cp") {
      if (asking.has(action)) state?.asked.push(action);
      if (!excusesForBoot.has(action)) return;
      this.accepted = [];
      this.isAccepted = false;
      return;
    }
    if (exchange.isSend) return;
    if (state !== undefined) judge(exchange, state, report);
    if (action !== "BootNotification") return;
    this.booting.set(connection, {
      boot: exchange,
      refusedAt: undefined,
      status: "",
      asked: state?.asked ?? [],
      waiting: [],
    });
  }

  /** Any answer of the CSMS shows that answers are logged. */
  private tellWaiting(connection: Connection, report: ReportDetection): void {
    for (const found of this.booting.get(connection)?.waiting.splice(0) ?? []) report(found);
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
    // A broken answer tells nothing, an error is no answer that holds the charger back.
    if (answer.kind !== "result" || (status !== "Pending" && status !== "Rejected")) {
      this.booting.delete(connection);
      return;
    }
    state.refusedAt = answer.place.atMs;
    state.status = status;
    const message = `the boot was answered ${status}`;
    report({ code: "boot-not-accepted", place: answer.place, action, pointer: "/2/status", message });
  }

  private accept({ place, action, connection }: Exchange, report: ReportDetection): void {
    if (connection.isDisturbed) return;
    if (this.isAccepted && this.isReconnected && connection.isWire)
      report({ code: "boot-after-reconnect", place, action, message: "a boot after a mere reconnect" });
    this.isAccepted = true;
    this.isReconnected = false;
    if (place.atMs === null) return;
    const { atMs } = place;
    this.accepted = [...this.accepted.filter((one) => atMs - one <= loopSpan), atMs];
    if (this.accepted.length < 3) return;
    const message = `${this.accepted.length} accepted boots within 10 minutes, and nobody asked for one`;
    report({ code: "boot-loop", place, action, message });
  }
}

/** Judges boots and what is sent before they are accepted. */
export const bootDetector: Detector = {
  codes: [
    {
      code: "call-before-boot",
      class: "defect",
      clause: "OCPP 1.6, 4.2 (SHALL NOT send any other request); OCPP 2.0.1 part 2, B02.FR.02 and B03",
      doc: "The recording holds a boot of this connection that was answered Pending or Rejected, or is not answered since more than 2 s, and the charger sends a request that nobody asked for. Requests on the way when the answer passed (1 s) do not count. No boot at all after a reconnect is right. In an imported log, an answer of the CSMS must show that answers were logged.",
    },
    {
      code: "call-pipelined-after-boot",
      class: "smell",
      clause: "OCPP 1.6, 4.2; OCPP-J 1.6, 4.1.1",
      doc: "A request within 2 s of a boot that is not answered yet.",
    },
    {
      code: "boot-loop",
      class: "smell",
      clause: "OCPP 1.6, 4.2 (a boot at each start); OCPP-J 1.6, 5.4",
      doc: "Three accepted boots within 10 minutes, without Reset, TriggerMessage or UpdateFirmware between.",
    },
    {
      code: "boot-after-reconnect",
      class: "event",
      clause: "OCPP-J 1.6, 5.4 (SHOULD NOT)",
      doc: "A boot on a later connection, though an earlier one was accepted and nobody asked for another. The charger may have been without power.",
    },
    {
      code: "boot-not-accepted",
      class: "event",
      clause: "OCPP 1.6, 4.2",
      doc: "The CSMS answered a boot Pending or Rejected.",
    },
  ],
  start: () => {
    const boots = new Boots();
    return (event, report) => boots.see(event, report);
  },
};
