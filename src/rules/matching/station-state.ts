// The state of a charge point as its messages show it, for rules that ask about it: whether it has booted, which
// transactions run on which connector, and the last status of each connector. OCPP 1.6 and 2.x. Memory is bounded: of a
// peer that makes up connectors or CALLs without end, the oldest are forgotten.

import { BoundedMap } from "../../base/bounded-map.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { StationState } from "../contract/station-state.js";

const mostOpen = 100;
const mostConnectors = 200;

type Member = Readonly<Record<string, unknown>>;

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Member)[name]
    : undefined;

const connectorOf = (payload: unknown): number => {
  const evse = memberOf(payload, "evse");
  const found = memberOf(payload, "connectorId") ?? memberOf(payload, "evseId") ?? memberOf(evse, "id");
  return typeof found === "number" ? found : 0;
};

/** Follows one charge point. */
export class FollowedStation implements StationState {
  booted = false;
  private readonly connectors = new BoundedMap<number, string>(mostConnectors);
  /** Connectors by transaction; one that has no id yet is kept under the id of its CALL. */
  private readonly running = new BoundedMap<string, number>(mostConnectors);
  /** CALLs whose answers change something: their action and connector. */
  private readonly open = new BoundedMap<string, { readonly action: string; readonly connector: number }>(
    mostOpen,
  );

  inTransaction(connector: number | undefined): boolean {
    if (connector === undefined) return this.running.size > 0;
    return [...this.running.values()].includes(connector);
  }

  statuses(connector: number | undefined): readonly string[] {
    if (connector === undefined) return [...this.connectors.values()];
    const status = this.connectors.get(connector);
    return status === undefined ? [] : [status];
  }

  /** Updates the state with a message. */
  update(message: RuledMessage): void {
    const { direction, type } = message;
    if (direction === "cp-to-csms" && type === "CALL") this.call(message);
    else if (direction === "csms-to-cp" && (type === "CALLRESULT" || type === "CALLERROR"))
      this.answer(message);
  }

  private call(message: RuledMessage): void {
    const { action, id = "" } = message;
    switch (action) {
      case "BootNotification":
        this.open.set(id, { action, connector: 0 });
        return;
      case "StartTransaction":
        this.open.set(id, { action, connector: connectorOf(message.payload()) });
        this.running.set(`call ${id}`, connectorOf(message.payload()));
        return;
      case "StopTransaction":
        this.running.delete(`${String(memberOf(message.payload(), "transactionId"))}`);
        return;
      case "StatusNotification":
        this.status(message.payload());
        return;
      case "TransactionEvent":
        this.event(message.payload());
        return;
      default:
        return;
    }
  }

  private answer(message: RuledMessage): void {
    const { id = "" } = message;
    const call = this.open.get(id);
    if (call === undefined) return;
    this.open.delete(id);
    // A CALLERROR has no payload.
    const payload = message.payload();
    if (call.action === "BootNotification") {
      this.booted = memberOf(payload, "status") === "Accepted";
      return;
    }
    this.running.delete(`call ${id}`);
    const transaction = memberOf(payload, "transactionId");
    if (transaction !== undefined) this.running.set(String(transaction), call.connector);
  }

  private status(payload: unknown): void {
    const status = memberOf(payload, "status") ?? memberOf(payload, "connectorStatus");
    if (typeof status === "string") this.connectors.set(connectorOf(payload), status);
  }

  private event(payload: unknown): void {
    const id = memberOf(memberOf(payload, "transactionInfo"), "transactionId");
    if (typeof id !== "string") return;
    if (memberOf(payload, "eventType") === "Ended") this.running.delete(id);
    else this.running.set(id, this.running.get(id) ?? connectorOf(payload));
  }
}
