// What the messages of a charge point tell of its state, for rules that ask about it: booted or not, which
// transactions run on which connector, what status each connector told last. 1.6 and 2.x; forgets what is
// oldest where a peer makes connectors or calls up without end.

import { BoundedMap } from "../../base/bounded-map.js";
import { connectorOf, connectorStatusOf, outletOf, textAt, transactionIdOf } from "../../ocpp/payload.js";
import type { RuledMessage } from "../contract/ruled-message.js";

/** The state of one charge point. */
export interface StationState {
  /** Its last BootNotification was accepted. */
  readonly booted: boolean;
  /** Whether a transaction runs, on this connector or, for undefined, on any. */
  inTransaction(connector: number | undefined): boolean;
  /** The last statuses, of this connector or of all. */
  statuses(connector: number | undefined): readonly string[];
}

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

  /** Takes note of a message that passes. */
  hear(message: RuledMessage): void {
    const { direction, type, action, id } = message;
    if (direction === "cp-to-csms" && type === "CALL") this.call(action ?? "", id ?? "", message.payload);
    else if (direction === "csms-to-cp" && (type === "CALLRESULT" || type === "CALLERROR"))
      this.answer(id ?? "", type === "CALLRESULT" ? message.payload : () => undefined);
  }

  private call(action: string, id: string, payload: () => unknown): void {
    switch (action) {
      case "BootNotification":
        this.open.set(id, { action, connector: 0 });
        return;
      case "StartTransaction":
        this.open.set(id, { action, connector: connectorIn(payload()) });
        this.running.set(`call ${id}`, connectorIn(payload()));
        return;
      case "StopTransaction":
        this.running.delete(transactionIdOf(payload()) ?? "");
        return;
      case "StatusNotification":
        this.status(payload());
        return;
      case "TransactionEvent":
        this.event(payload());
        return;
      default:
        return;
    }
  }

  private answer(id: string, payload: () => unknown): void {
    const call = this.open.get(id);
    if (call === undefined) return;
    this.open.delete(id);
    if (call.action === "BootNotification") {
      this.booted = textAt(payload(), "status") === "Accepted";
      return;
    }
    this.running.delete(`call ${id}`);
    const transaction = transactionIdOf(payload());
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
