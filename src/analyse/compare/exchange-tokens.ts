// By what an exchange is recognised in another recording: strictly by everything it says but ids and times, loosely
// by its action and the thing it is about. Texts of peers are hostile: bounded, and total.

import { type FlatValues, flatten } from "../../ocpp/json/flat-values.js";
import { writePointer } from "../../ocpp/json/pointer.js";
import { connectorPaths } from "../../ocpp/payload.js";
import type { DialogueExchange } from "./exchanges.js";

/** Members whose values are chosen anew in every run. */
const chosen: ReadonlySet<string> = new Set([
  "transactionId",
  "reservationId",
  "requestId",
  "remoteStartId",
  "chargingProfileId",
  "listVersion",
]);

/** Members that tell what an exchange is about. */
const subjects: ReadonlySet<string> = new Set([
  ...connectorPaths.map(writePointer),
  "/evse/connectorId",
  "/key",
  "/key/0",
  "/requestedMessage",
  "/messageId",
  "/vendorId",
  "/eventType",
  "/getVariableData/0/variable/name",
  "/setVariableData/0/variable/name",
]);

const longestToken = 20_000;

const isTime = (source: string): boolean => /^"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/.test(source);

/** Whether an exchange may be the beginning of a transaction. */
export function mayOpen({ direction, action, type }: DialogueExchange): boolean {
  const mayBe = action === "StartTransaction" || action === "TransactionEvent";
  return mayBe && direction === "cp-to-csms" && type === "CALL";
}

/** How an exchange is recognised. */
export interface ExchangeTokens {
  /** Equal where the same was said; undefined where that is too little to go by. */
  readonly strict: string | undefined;
  readonly loose: string;
  /** Times as well; only of what may begin a transaction. */
  readonly exact?: string;
  /** The ids of the transactions that it tells of. */
  readonly transactions: readonly string[];
}

/** The tokens of an exchange. */
export function tokensOf(exchange: DialogueExchange): ExchangeTokens {
  const { direction, type, action, call } = exchange;
  const name = `${direction} ${type} ${action ?? ""}`;
  const isCall = type === "CALL" || type === "SEND";
  const values = isCall && call !== undefined ? flatten(call, [[3, ""]]) : undefined;
  if (values === undefined) return { strict: `${name} ${cut(call)}`, loose: name, transactions: [] };
  const { said, times, about, transactions } = sorted(values);
  const loose = `${name} ${about.sort().join(" ")}`;
  // Empty payloads are all alike: laid side by side first, they would tear apart what lies between them.
  const strict = said.length <= 1 ? undefined : `${name} ${cut(said.sort().join(" "))}`;
  if (strict === undefined || !mayOpen(exchange)) return { strict, loose, transactions };
  return { strict, loose, transactions, exact: `${strict} ${cut(times.sort().join(" "))}` };
}

type Sorted = Readonly<Record<"said" | "times" | "about" | "transactions", string[]>>;

const sorted = (values: FlatValues): Sorted => {
  const found: Sorted = { said: [], times: [], about: [], transactions: [] };
  for (const [pointer, { canonical }] of values) {
    const member = pointer.slice(pointer.lastIndexOf("/") + 1);
    if (subjects.has(pointer)) found.about.push(`${pointer}=${cut(canonical)}`);
    if (member === "transactionId") found.transactions.push(canonical);
    if (chosen.has(member)) continue;
    found[isTime(canonical) ? "times" : "said"].push(`${pointer}=${canonical}`);
  }
  return found;
};

const cut = (text: string | undefined): string => (text ?? "").slice(0, longestToken);
