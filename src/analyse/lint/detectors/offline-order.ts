// Transaction messages of one connector out of their order (OCPP 1.6 section 3.7: they are delivered in
// chronological order; others may overtake them). Heartbeats set clocks back a little, which is no disorder.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, transactionIdOf } from "../../../ocpp/payload.js";
import type { ChargingTransaction, Exchange } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import { payloadKey } from "../../messages/payload-text.js";
import type { Detection, Detector } from "./detector.js";

const tolerated = 2000;
const actions: ReadonlySet<string> = new Set(["StartTransaction", "StopTransaction", "MeterValues"]);
const mostSeen = 200;

class Orders {
  private readonly connectors = new BoundedMap<string, string>(500);
  private readonly last = new BoundedMap<string, number>(1000);
  private readonly seen = new Set<string>();

  started({ id, connector }: ChargingTransaction): void {
    if (connector !== undefined) this.connectors.set(id, connector);
  }

  call(exchange: Exchange): Detection | undefined {
    const { payload, connection, place, action } = exchange;
    if (!actions.has(action) || connection.isDisturbed || connection.version !== "1.6") return undefined;
    const connector = connectorOf(payload) ?? this.connectors.get(transactionIdOf(payload) ?? "");
    const stated = statedTime(exchange);
    if (connector === undefined || stated === undefined || this.isRepeated(exchange)) return undefined;
    const before = this.last.get(connector);
    this.last.set(connector, stated.epochMs);
    if (before === undefined || before - stated.epochMs <= tolerated) return undefined;
    const back = ((before - stated.epochMs) / 1000).toFixed(1);
    const message = `${action} of ${back} s before the transaction message that came before it`;
    return { code: "offline-order", place, action, pointer: stated.pointer, message };
  }

  private isRepeated({ action, payload }: Exchange): boolean {
    const content = `${action} ${payloadKey(payload)}`.slice(0, 4096);
    if (this.seen.has(content)) return true;
    if (this.seen.size > mostSeen) this.seen.clear();
    this.seen.add(content);
    return false;
  }
}

/** Finds transaction messages out of their order. */
export const offlineOrderDetector: Detector = {
  codes: [
    {
      code: "offline-order",
      class: "smell",
      clause: "OCPP 1.6, 3.7 (transaction-related messages in chronological order)",
      doc: "StartTransaction, StopTransaction and MeterValues of one connector whose times go back by more than 2 s. Other messages may overtake, and a retry is told as one.",
    },
  ],
  start: () => {
    const orders = new Orders();
    return (event, report) => {
      if (event.kind === "started") orders.started(event.transaction);
      const found = event.kind === "call" ? orders.call(event.exchange) : undefined;
      if (found !== undefined) report(found);
    };
  },
};
