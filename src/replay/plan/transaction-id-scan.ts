// The 1.6 transaction ids of a recording: which ones its CALLs carry, and which ones the CSMS handed out before. Reads
// the messages alone; no plan is needed for it.

import type { Inflate } from "../../analyse/messages/deflate.js";
import { messagesOf } from "../../analyse/messages/messages.js";
import type { Entry } from "../../cassette/format/entry.js";
import { createPairer, type Pairer } from "../../ocpp/envelope/pairer.js";
import type { Envelope } from "../../ocpp/envelope/parse-envelope.js";
import { leavesOf } from "../../ocpp/json/spans.js";
import { assumedVersion, versionOf } from "../../ocpp/version.js";
import { opcodes, readHeader } from "../../wire/websocket/frame.js";
import type { PlanMaking } from "./compile-plan.js";
import { messagesAt } from "./plan-messages.js";
import { BindingTable, builtInBindings } from "./values/bindings.js";
import { sameSpelling } from "./values/slots.js";
import { transactionIdsIn } from "./values/transaction-ids.js";

/** A transaction id that CALLs of the charger carry. */
export interface CarriedId {
  /** As its characters stand in the recording. */
  readonly recorded: string;
  /** How many CALLs carry it. */
  readonly steps: number;
}

/** The transaction ids of a recording, by `idKey`. */
export interface TransactionIds {
  /** Those that no CALL before the ones that carry them was answered with. */
  readonly unlearned: ReadonlyMap<string, CarriedId>;
  readonly handedOut: Set<string>;
}

/** Equal for the same id, written as a number or as a text. */
export function idKey(recorded: string): string {
  return sameSpelling(recorded.startsWith('"') ? recorded.slice(1, -1) : recorded);
}

interface OpenLine {
  readonly isOldVersion: boolean;
  /** The tag is the order number of the CALL. */
  readonly pairer: Pairer<number>;
  hasEnded: boolean;
}

type Call = Envelope & { readonly kind: "call" | "send" };

class Scan {
  private readonly table: BindingTable;
  private readonly lines = new Map<number, OpenLine>();
  private readonly carried: { readonly recorded: string; readonly order: number }[] = [];
  /** The order number of the first CALL that an id is the answer to; -1 for a call of the CSMS. */
  private readonly learnedFrom = new Map<string, number>();
  private readonly known = new Set<string>();
  private order = 0;

  constructor(table: BindingTable) {
    this.table = table;
  }

  open(connection: number, subprotocol: string | null): OpenLine {
    const isOldVersion = (versionOf(subprotocol) ?? assumedVersion) === "1.6";
    const line: OpenLine = { isOldVersion, pairer: createPairer<number>(), hasEnded: false };
    this.lines.set(connection, line);
    return line;
  }

  line(connection: number): OpenLine {
    return this.lines.get(connection) ?? this.open(connection, null);
  }

  fromCharger(line: OpenLine, text: string, envelope: Envelope): void {
    if (line.hasEnded || (envelope.kind !== "call" && envelope.kind !== "send")) return;
    const order = this.order++;
    if (envelope.kind === "call") line.pairer.call("cp-to-csms", envelope.id, envelope.action, order);
    if (line.isOldVersion) this.carries(text, envelope, order);
  }

  fromCsms(line: OpenLine, text: string, envelope: Envelope): void {
    if (!line.isOldVersion) return;
    if (envelope.kind === "call") this.learn("CALL", envelope.action, text, -1);
    if (envelope.kind !== "call-result" && envelope.kind !== "call-error") return;
    const call = line.pairer.answer("csms-to-cp", envelope.id);
    if (call !== undefined && envelope.kind === "call-result")
      this.learn("CALLRESULT", call.action, text, call.tag);
  }

  get result(): TransactionIds {
    const unlearned = new Map<string, CarriedId>();
    for (const { recorded, order } of this.carried) {
      const key = idKey(recorded);
      const from = this.learnedFrom.get(key);
      if (from !== undefined && from < order) continue;
      unlearned.set(key, { recorded, ...unlearned.get(key), steps: (unlearned.get(key)?.steps ?? 0) + 1 });
    }
    return { unlearned, handedOut: new Set(this.learnedFrom.keys()) };
  }

  /** An id whose place belongs to a value that was handed out is that value. */
  private carries(text: string, { action }: Call, order: number): void {
    const leaves = this.table.usesIn("CALL", action, leavesOf(text));
    const used = new Set(
      leaves.flatMap(({ binding, leaf }) =>
        this.known.has(`${binding} ${sameSpelling(leaf.source)}`) ? [leaf.offset] : [],
      ),
    );
    for (const { source, offset } of transactionIdsIn(action, text))
      if (!used.has(offset)) this.carried.push({ recorded: source, order });
  }

  private learn(type: "CALL" | "CALLRESULT", action: string, text: string, order: number): void {
    for (const { binding, leaf } of this.table.learnsIn(type, action, leavesOf(text))) {
      this.known.add(`${binding} ${sameSpelling(leaf.source)}`);
      const key = idKey(leaf.source);
      this.learnedFrom.set(key, Math.min(order, this.learnedFrom.get(key) ?? order));
    }
  }
}

/** Reads the transaction ids of a recording as a plan made in this way would have them. */
export function transactionIdsOf(
  entries: readonly Entry[],
  inflate?: Inflate,
  { bindings = [], edit }: PlanMaking = {},
): TransactionIds {
  const scan = new Scan(new BindingTable([...bindings, ...builtInBindings("1.6")]));
  const messages = messagesAt(entries, messagesOf(entries, inflate), edit);
  for (const [position, entry] of entries.entries()) {
    if (entry.kind === "connection-opened") scan.open(entry.connection, entry.subprotocol);
    else if (entry.kind === "connection-closed") scan.line(entry.connection).hasEnded = true;
    if (entry.kind !== "frame") continue;
    const line = scan.line(entry.connection);
    const message = messages.get(position);
    if (message === undefined) line.hasEnded ||= readHeader(entry.raw, 0)?.opcode === opcodes.close;
    else if (message !== "part" && message.text !== undefined && message.envelope !== undefined)
      scan[entry.direction === "cp-to-csms" ? "fromCharger" : "fromCsms"](
        line,
        message.text,
        message.envelope,
      );
  }
  return scan.result;
}
