// Stops of transactions whose start is not in the recording (OCPP 1.6 sections 3.7 and 4.8). Mostly the recording began
// later; it is a defect only if the recording shows that the connector was available, or that the start was lost.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detection, Detector } from "./detector.js";

interface Connector {
  /** When it was last Available after a boot in this recording, by the charger's clock, in milliseconds since 1970. */
  availableEpochMs: number | undefined;
  /** Its last StartTransaction. */
  start: Exchange | undefined;
}

class Connectors {
  private readonly known = new BoundedMap<string, Connector>(1000);
  /** By transaction id: the time of its first reading, in milliseconds since 1970. */
  private readonly firstReadings = new BoundedMap<string, number>(1000);
  private hasBooted = false;
  /** Whether the CSMS answered anything: a log without answers does not show that an answer is missing. */
  private hasAnswers = false;

  handle(event: HistoryEvent): Detection | undefined {
    if (event.kind === "answer") this.hasAnswers ||= event.exchange.direction === "cp-to-csms";
    else if (event.kind === "call") this.call(event.exchange);
    else if (event.kind === "samples") this.samples(event);
    else if (event.kind === "stopped") return this.stop(event);
    return undefined;
  }

  private connector(id: string): Connector {
    const found = this.known.get(id) ?? { availableEpochMs: undefined, start: undefined };
    this.known.set(id, found);
    return found;
  }

  private call(exchange: Exchange): void {
    const { action, direction, payload } = exchange;
    if (direction !== "cp-to-csms") return;
    const connector = connectorOf(payload);
    if (action === "BootNotification") this.hasBooted = true;
    if (connector === undefined) return;
    if (action === "StartTransaction") this.connector(connector).start = exchange;
    const isAvailable = action === "StatusNotification" && textAt(payload, "status") === "Available";
    if (isAvailable && this.hasBooted)
      this.connector(connector).availableEpochMs = statedTime(exchange)?.epochMs;
  }

  private samples({ transaction, samples }: Extract<HistoryEvent, { kind: "samples" }>): void {
    const epochMs = samples[0]?.epochMs ?? null;
    if (transaction === undefined || epochMs === null || this.firstReadings.has(transaction.id)) return;
    this.firstReadings.set(transaction.id, epochMs);
  }

  /** Whether all connectors were Available for a minute before the stop, for a stop whose connector is unknown. */
  private wereAllAvailable(exchange: Exchange): boolean {
    const stoppedEpochMs = statedTime(exchange)?.epochMs;
    const reason = textAt(exchange.payload, "reason");
    const connectors = [...this.known].filter(([id]) => id !== "0");
    if (
      stoppedEpochMs === undefined ||
      connectors.length === 0 ||
      reason === "PowerLoss" ||
      reason === "Reboot"
    )
      return false;
    return connectors.every(
      ([, { availableEpochMs }]) =>
        availableEpochMs !== undefined && stoppedEpochMs - availableEpochMs > 60_000,
    );
  }

  private stop(event: Extract<HistoryEvent, { kind: "stopped" }>): Detection | undefined {
    const { exchange, id, transaction, earlier } = event;
    if (transaction?.start !== undefined || earlier !== undefined || exchange.connection.isDisturbed)
      return undefined;
    const { place, action } = exchange;
    const connector =
      transaction?.connector === undefined ? undefined : this.known.get(transaction.connector);
    const first = this.firstReadings.get(id);
    const wasAvailable =
      first === undefined
        ? transaction?.connector === undefined && this.wereAllAvailable(exchange)
        : connector?.availableEpochMs !== undefined && first > connector.availableEpochMs;
    const wasLost =
      connector?.start !== undefined &&
      connector.start.answer === undefined &&
      (exchange.connection.isWire || this.hasAnswers);
    const isDefect = action === "StopTransaction" && (wasAvailable || wasLost);
    const reason = wasLost
      ? "the CSMS never answered the start of its connector"
      : "the charger never sent its start: the connector was Available after the boot";
    return {
      code: isDefect ? "stop-without-start" : "stop-of-unknown-transaction",
      place,
      action,
      pointer: action === "StopTransaction" ? "/3/transactionId" : "/3/transactionInfo/transactionId",
      message: `the charger stopped transaction ${id.slice(0, 40)}, but ${isDefect ? reason : "its start is not in the recording"}`,
    };
  }
}

/** Detects stops of transactions that never started. */
export const stopWithoutStartDetector: Detector = {
  codes: [
    {
      code: "stop-without-start",
      class: "defect",
      clause:
        "OCPP 1.6, 3.7 and 4.8 (the charger SHALL send StartTransaction and keep it until it is answered)",
      doc: "The charger stopped a transaction whose start was lost or never sent. Its start is not in the recording, although the recording shows the connector Available after a boot and before the first reading of the transaction, or a start of that connector without an answer. If no reading names the connector, all connectors must have been Available for a minute before the stop.",
    },
    {
      code: "stop-of-unknown-transaction",
      class: "event",
      clause: "OCPP 1.6, 4.10; OCPP 2.0.1 part 2, E06",
      doc: "The charger stopped a transaction that began before the recording.",
    },
  ],
  start: ({ isAfterGap }) => {
    const connectors = new Connectors();
    return (event, report) => {
      const detection = connectors.handle(event);
      if (detection !== undefined && !isAfterGap) report(detection);
    };
  },
};
