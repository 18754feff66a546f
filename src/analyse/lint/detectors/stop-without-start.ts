// Stops of transactions that the recording never saw start. Mostly the recording began later; it is a defect only where
// the recording shows the connector free, or a start that was lost (OCPP 1.6 sections 3.7 and 4.8).

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, textAt } from "../../../ocpp/payload.js";
import type { Exchange, HistoryEvent } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import type { Detection, Detector } from "./detector.js";

interface Connector {
  /** When it was Available after a boot of this recording, by the charger's clock. */
  freeAt: number | undefined;
  /** A start without an answer. */
  lost: Exchange | undefined;
}

class Connectors {
  private readonly known = new BoundedMap<string, Connector>(1000);
  /** The first reading of a transaction, by its id. */
  private readonly readings = new BoundedMap<string, number>(1000);
  private hasBooted = false;
  /** The CSMS was seen to answer: where that is missing in a log, a missing answer says nothing. */
  private hasAnswers = false;

  see(event: HistoryEvent): Detection | undefined {
    if (event.kind === "answer") this.hasAnswers ||= event.exchange.direction === "cp-to-csms";
    else if (event.kind === "call") this.call(event.exchange);
    else if (event.kind === "samples") this.samples(event);
    else if (event.kind === "stopped") return this.stop(event);
    return undefined;
  }

  private connector(id: string): Connector {
    const found = this.known.get(id) ?? { freeAt: undefined, lost: undefined };
    this.known.set(id, found);
    return found;
  }

  private call(exchange: Exchange): void {
    const { action, direction, payload } = exchange;
    if (direction !== "cp-to-csms") return;
    const connector = connectorOf(payload);
    if (action === "BootNotification") this.hasBooted = true;
    if (connector === undefined) return;
    if (action === "StartTransaction") this.connector(connector).lost = exchange;
    const isFree = action === "StatusNotification" && textAt(payload, "status") === "Available";
    if (isFree && this.hasBooted) this.connector(connector).freeAt = statedTime(exchange)?.epochMs;
  }

  private samples({ transaction, samples }: Extract<HistoryEvent, { kind: "samples" }>): void {
    const at = samples[0]?.epochMs ?? null;
    if (transaction === undefined || at === null || this.readings.has(transaction.id)) return;
    this.readings.set(transaction.id, at);
  }

  /** Where no reading names the connector: whether all of them were free a minute before, after the boot. */
  private wereAllFree(exchange: Exchange): boolean {
    const stopped = statedTime(exchange)?.epochMs;
    const reason = textAt(exchange.payload, "reason");
    const connectors = [...this.known].filter(([id]) => id !== "0");
    if (stopped === undefined || connectors.length === 0 || reason === "PowerLoss" || reason === "Reboot")
      return false;
    return connectors.every(([, { freeAt }]) => freeAt !== undefined && stopped - freeAt > 60_000);
  }

  private stop(event: Extract<HistoryEvent, { kind: "stopped" }>): Detection | undefined {
    const { exchange, id, transaction, earlier } = event;
    if (transaction?.start !== undefined || earlier !== undefined || exchange.connection.isDisturbed)
      return undefined;
    const { place, action } = exchange;
    const connector =
      transaction?.connector === undefined ? undefined : this.known.get(transaction.connector);
    const first = this.readings.get(id);
    const wasFree =
      first === undefined
        ? transaction?.connector === undefined && this.wereAllFree(exchange)
        : connector?.freeAt !== undefined && first > connector.freeAt;
    const wasLost =
      connector?.lost !== undefined &&
      connector.lost.answer === undefined &&
      (exchange.connection.isWire || this.hasAnswers);
    const isDefect = action === "StopTransaction" && (wasFree || wasLost);
    const why = wasLost
      ? "its connector's start was not answered"
      : "the connectors were Available after the boot";
    return {
      code: isDefect ? "stop-without-start" : "stop-of-unknown-transaction",
      place,
      action,
      pointer: action === "StopTransaction" ? "/3/transactionId" : "/3/transactionInfo/transactionId",
      message: `transaction ${id.slice(0, 40)} ends, and its start is not on the recording${isDefect ? `, though ${why}` : ""}`,
    };
  }
}

/** Finds stops of transactions that never started. */
export const stopWithoutStartDetector: Detector = {
  codes: [
    {
      code: "stop-without-start",
      class: "defect",
      clause:
        "OCPP 1.6, 3.7 and 4.8 (the charger SHALL send StartTransaction, and keep it until it is answered)",
      doc: "A transaction ends whose start is not on the recording, although the recording shows its connector Available after a boot and before the first reading (where no reading names the connector: all of them, and a minute before the stop), or a start of it that nobody answered.",
    },
    {
      code: "stop-of-unknown-transaction",
      class: "event",
      clause: "OCPP 1.6, 4.10; OCPP 2.0.1 part 2, E06",
      doc: "A transaction ends whose start is not on the recording: it began before.",
    },
  ],
  start: ({ isAfterGap }) => {
    const connectors = new Connectors();
    return (event, report) => {
      const found = connectors.see(event);
      if (found !== undefined && !isAfterGap) report(found);
    };
  },
};
