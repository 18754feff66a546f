// Tokens by which an exchange is recognised in another recording: the strict token contains all values except ids and
// times, the loose one the action and the subject (connector, key, requested message). Bounded; never throws.

import { type FlatValues, flatten } from "../../ocpp/json/flat-values.js";
import { writePointer } from "../../ocpp/json/pointer.js";
import { connectorPaths } from "../../ocpp/payload.js";
import type { DialogueExchange } from "./exchanges.js";

/** Members whose values are chosen anew in every run. */
const chosenAnew: ReadonlySet<string> = new Set([
  "transactionId",
  "reservationId",
  "requestId",
  "remoteStartId",
  "chargingProfileId",
  "listVersion",
]);

/** Pointers to the values that an exchange is about. */
const subjectPointers: ReadonlySet<string> = new Set([
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

/** The tokens of an exchange. */
export interface ExchangeTokens {
  /** Equal for equal content; undefined if the content is too short to be distinctive. */
  readonly strict: string | undefined;
  readonly loose: string;
  /** The strict token and all times; only for exchanges that may begin a transaction. */
  readonly exact?: string;
  /** The transaction ids in the payload. */
  readonly transactions: readonly string[];
}

/** Computes the tokens of an exchange. */
export function tokensOf(exchange: DialogueExchange): ExchangeTokens {
  const { direction, type, action, call } = exchange;
  const name = `${direction} ${type} ${action ?? ""}`;
  const isCall = type === "CALL" || type === "SEND";
  const flat = isCall && call !== undefined ? flatten(call, [[3, ""]]) : undefined;
  if (flat === undefined) return { strict: `${name} ${cut(call)}`, loose: name, transactions: [] };
  const { values, times, subjects, transactions } = sorted(flat);
  const loose = `${name} ${subjects.sort().join(" ")}`;
  // Payloads with at most one value are all alike; aligned first, they would split the exchanges between them.
  const strict = values.length <= 1 ? undefined : `${name} ${cut(values.sort().join(" "))}`;
  if (strict === undefined || !mayOpen(exchange)) return { strict, loose, transactions };
  return { strict, loose, transactions, exact: `${strict} ${cut(times.sort().join(" "))}` };
}

type Sorted = Readonly<Record<"values" | "times" | "subjects" | "transactions", string[]>>;

const sorted = (flat: FlatValues): Sorted => {
  const found: Sorted = { values: [], times: [], subjects: [], transactions: [] };
  for (const [pointer, { canonical }] of flat) {
    const member = pointer.slice(pointer.lastIndexOf("/") + 1);
    if (subjectPointers.has(pointer)) found.subjects.push(`${pointer}=${cut(canonical)}`);
    if (member === "transactionId") found.transactions.push(canonical);
    if (chosenAnew.has(member)) continue;
    found[isTime(canonical) ? "times" : "values"].push(`${pointer}=${canonical}`);
  }
  return found;
};

const cut = (text: string | undefined): string => (text ?? "").slice(0, longestToken);
