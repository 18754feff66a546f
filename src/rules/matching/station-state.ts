// The state of a charge point as its messages show it, for rules that ask about it: whether it has booted, which
// transactions run on which connector, and the last status of each connector. OCPP 1.6 and 2.x. Memory is bounded: of a
// peer that makes up connectors or CALLs without end, the oldest are forgotten.

import { BoundedMap } from "../../base/bounded-map.js";
import { connectorOf, connectorStatusOf, outletOf, textAt, transactionIdOf } from "../../ocpp/payload.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { StationState } from "../contract/station-state.js";

const mostOpen = 100;
const mostConnectors = 200;

/** The connector of a payload as a number; 0, the charge point as a whole, where it names none. */
const connectorIn = (payload: unknown): number => Number(connectorOf(payload)) || 0;

interface OutletStatus {
  readonly connector: number;
  readonly status: string;
}

/** Follows one charge point. */
export class FollowedStation implements StationState {
  booted = false;
  /** By EVSE and connector. */
  private readonly outlets = new BoundedMap<string, OutletStatus>(mostConnectors);
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
    return [...this.outlets.values()]
      .filter((outlet) => connector === undefined || outlet.connector === connector)
      .map(({ status }) => status);
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
        this.open.set(id, { action, connector: connectorIn(message.payload()) });
        this.running.set(`call ${id}`, connectorIn(message.payload()));
        return;
      case "StopTransaction":
        this.running.delete(transactionIdOf(message.payload()) ?? "");
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
      this.booted = textAt(payload, "status") === "Accepted";
      return;
    }
    this.running.delete(`call ${id}`);
    const transaction = transactionIdOf(payload);
    if (transaction !== undefined) this.running.set(transaction, call.connector);
  }

  private status(payload: unknown): void {
    const status = connectorStatusOf(payload);
    const { evse, connector } = outletOf(payload);
    if (status !== undefined)
      this.outlets.set(JSON.stringify([evse, connector]), { connector: connectorIn(payload), status });
  }

  private event(payload: unknown): void {
    const id = transactionIdOf(payload);
    if (id === undefined) return;
    if (textAt(payload, "eventType") === "Ended") this.running.delete(id);
    else this.running.set(id, this.running.get(id) ?? connectorIn(payload));
  }
}
