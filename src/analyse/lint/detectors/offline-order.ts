// Transaction messages of one connector that are not in chronological order (OCPP 1.6 section 3.7; other messages may
// overtake them). The answer to a Heartbeat may set the charger's clock back a little, so 2 s are tolerated.

import { BoundedMap } from "../../../base/bounded-map.js";
import { connectorOf, transactionIdOf } from "../../../ocpp/payload.js";
import type { ChargingTransaction, Exchange } from "../../history/events.js";
import { statedTime } from "../../history/stated-time.js";
import { payloadKey } from "../../messages/payload-text.js";
import type { Detection, Detector } from "./detector.js";

const toleranceMs = 2000;
const actions: ReadonlySet<string> = new Set(["StartTransaction", "StopTransaction", "MeterValues"]);
/** Recent messages that are kept for recognising a retry. */
const mostRecent = 200;

class Orders {
  /** The connector of each transaction, by its id. */
  private readonly connectors = new BoundedMap<string, string>(500);
  /** The last stated time of each connector, in milliseconds since 1970. */
  private readonly last = new BoundedMap<string, number>(1000);
  private readonly recent = new Set<string>();

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
    if (before === undefined || before - stated.epochMs <= toleranceMs) return undefined;
    const back = ((before - stated.epochMs) / 1000).toFixed(1);
    const message = `the charger sent ${action} out of order: it is ${back} s older than the transaction message before it`;
    return { code: "offline-order", place, action, pointer: stated.pointer, message };
  }

  private isRepeated({ action, payload }: Exchange): boolean {
    const content = `${action} ${payloadKey(payload)}`.slice(0, 4096);
    if (this.recent.has(content)) return true;
    if (this.recent.size > mostRecent) this.recent.clear();
    this.recent.add(content);
    return false;
  }
}

/** Detects transaction messages that are out of order. */
export const offlineOrderDetector: Detector = {
  codes: [
    {
      code: "offline-order",
      class: "smell",
      clause: "OCPP 1.6, 3.7 (transaction-related messages in chronological order)",
      doc: "The charger sent a StartTransaction, StopTransaction or MeterValues that is more than 2 s older than the one before it of the same connector. Other messages may overtake, and retries do not count.",
    },
  ],
  start: () => {
    const orders = new Orders();
    return (event, report) => {
      if (event.kind === "started") orders.started(event.transaction);
      const detection = event.kind === "call" ? orders.call(event.exchange) : undefined;
      if (detection !== undefined) report(detection);
    };
  },
};
