// The transactions that a run opened and did not stop, and the messages that stop them at its end, so that a replay
// leaves no open sessions at the CSMS. These messages are not in the recording, are not compared, and do not count in
// the fingerprint.

import { unquote } from "../../../ocpp/json/string.js";
import { textAt } from "../../../ocpp/payload.js";
import type { CallStep, Plan } from "../../plan/plan.js";
import { wholeWh } from "../../plan/values/meters.js";
import { payloadSources } from "../../plan/values/slots.js";
import type { ReceivedAnswer } from "../../received-message.js";
import type { Values } from "./values.js";

/** A transaction that a run opened. */
interface OpenTransaction {
  connection: number;
  readonly connector: string | undefined;
  /** As its characters stand in a message; undefined while the CSMS has not handed it out (1.6). */
  id: string | undefined;
  /** A date of the transaction; new dates are written in its style. */
  date: string;
  /** 2.x: the number of its last event; undefined in 1.6. */
  seqNo: number | undefined;
}

/** A message that stops a transaction. */
export interface ClosingMessage {
  readonly connection: number;
  readonly id: string;
  readonly text: string;
  /** The transaction, in words. */
  readonly what: string;
}

/** The text at a pointer of a payload; "" where something else stands there. */
const textIn = (sources: ReadonlyMap<string, string>, pointer: string): string => {
  const source = sources.get(pointer);
  return source?.startsWith('"') === true ? unquote(source) : "";
};

/** Follows the transactions of a run. */
export class ClosingTransactions {
  private readonly plan: Plan;
  private readonly values: Values;
  private readonly open = new Map<string, OpenTransaction>();
  /** Messages without an answer yet, by message id. */
  private readonly owed = new Map<string, ClosingMessage>();

  constructor(plan: Plan, values: Values) {
    this.plan = plan;
    this.values = values;
  }

  /** Notes that a step was sent with this text. */
  sent(index: number, step: CallStep, text: string): void {
    if (step.type === "SEND") return;
    if (step.action === "StartTransaction") this.started(index, step, text);
    else if (step.action === "StopTransaction") this.stopped(step);
    else if (step.action === "TransactionEvent") this.event(step, text);
  }

  /** Takes the answer to a step. */
  answered(index: number, answer: ReceivedAnswer): void {
    const transaction = this.open.get(`step ${index}`);
    if (transaction === undefined) return;
    const isResult = answer.envelope.kind === "call-result";
    const id = isResult ? answer.payloadSources.get("/transactionId") : undefined;
    const status = textAt(answer.payload, "idTagInfo", "status") ?? "Accepted";
    // A CSMS that refuses an id tag writes 0 or -1 for "no transaction".
    const isNone = status !== "Accepted" && (Number(id) <= 0 || id === '""');
    if (id === undefined || id === "null" || isNone) this.open.delete(`step ${index}`);
    else transaction.id = id;
  }

  /** The messages that stop the open transactions, each on its own connection if that is open, else on the last open one. */
  messages(connections: readonly number[]): readonly ClosingMessage[] {
    const fallback = connections.at(-1);
    if (fallback === undefined || this.values.leavesOpen) return [];
    const found: ClosingMessage[] = [];
    for (const [key, transaction] of this.open) {
      if (transaction.id === undefined) continue;
      const connection = connections.includes(transaction.connection) ? transaction.connection : fallback;
      const id = this.values.ownId(`close ${key}`);
      const message = { connection, id, text: this.textOf(transaction, id), what: whatOf(transaction) };
      found.push(message);
      this.open.delete(key);
      this.owed.set(id, message);
      this.values.stoppedAt(transaction.connector);
    }
    return found;
  }

  /** Takes the id of an answer; gives the message that it answers, if it is one of these. */
  take(id: string): ClosingMessage | undefined {
    const message = this.owed.get(id);
    this.owed.delete(id);
    return message;
  }

  get isOwed(): boolean {
    return this.owed.size > 0;
  }

  /** Stops waiting; gives how many answers did not come. */
  giveUp(): number {
    const count = this.owed.size;
    this.owed.clear();
    return count;
  }

  /** The transactions that are still open, in words. */
  get left(): readonly string[] {
    return this.values.leavesOpen ? [] : [...this.open.values()].map(whatOf);
  }

  private started(index: number, step: CallStep, text: string): void {
    const { connection } = step;
    this.values.startsTransactions = true;
    const sources = payloadSources(text, "CALL");
    const connector = sources.get("/connectorId");
    const date = textIn(sources, "/timestamp");
    this.open.set(`step ${index}`, { connection, connector, id: undefined, date, seqNo: undefined });
  }

  private stopped(step: CallStep): void {
    for (const { slot } of step.uses) {
      // A stop with an id that this CSMS did not hand out stops nothing.
      if (this.values.liveValue(slot) === undefined) continue;
      this.open.delete(`step ${this.plan.slots[slot]?.learnedFrom}`);
    }
  }

  private event(step: CallStep, text: string): void {
    const sources = payloadSources(text, "CALL");
    const id = sources.get("/transactionInfo/transactionId");
    const eventType = sources.get("/eventType");
    if (id === undefined) return;
    const seqNo = Number(sources.get("/seqNo") ?? 0);
    const date = textIn(sources, "/timestamp");
    const known = this.open.get(id);
    if (eventType === '"Ended"') this.open.delete(id);
    else if (known !== undefined) Object.assign(known, { connection: step.connection, seqNo, date });
    else if (eventType === '"Started"')
      this.open.set(id, {
        connection: step.connection,
        connector: sources.get("/evse/id"),
        id,
        date,
        seqNo,
      });
  }

  private textOf({ id, date, seqNo, connector }: OpenTransaction, messageId: string): string {
    const timestamp = JSON.stringify(this.values.ownDate(date));
    if (seqNo !== undefined)
      return `[2,"${messageId}","TransactionEvent",{"eventType":"Ended","timestamp":${timestamp},"triggerReason":"AbnormalCondition","seqNo":${seqNo + 1},"transactionInfo":{"transactionId":${id},"stoppedReason":"Other"}}]`;
    const meterStop = wholeWh(this.values.registerOf(connector) ?? "0");
    return `[2,"${messageId}","StopTransaction",{"meterStop":${meterStop},"timestamp":${timestamp},"transactionId":${id},"reason":"Other"}]`;
  }
}

const whatOf = ({ id, connector }: OpenTransaction): string => {
  const where = connector === undefined ? "" : ` of connector ${connector}`;
  return id === undefined ? `a transaction${where} of unknown id` : `transaction ${id}${where}`;
};
