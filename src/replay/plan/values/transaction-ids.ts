// The places of 1.6 transaction ids in messages, by the table of bindings.

import { type Leaf, leavesOf } from "../../../ocpp/json/spans.js";
import { BindingTable, builtInBindings, transactionBinding } from "./bindings.js";

const table = new BindingTable(builtInBindings("1.6").filter(({ name }) => name === transactionBinding));

/** The transaction ids that a CALL of either side carries. */
export function transactionIdsIn(action: string, text: string): readonly Leaf[] {
  return table.usesIn("CALL", action, leavesOf(text)).map(({ leaf }) => leaf);
}

/** The transaction id that a StartTransaction.conf hands out, in the characters of JSON; undefined where there is none. */
export function givenTransactionId(answer: string): string | undefined {
  const source = table.learnsIn("CALLRESULT", "StartTransaction", leavesOf(answer)).at(-1)?.leaf.source;
  return source === "null" ? undefined : source;
}
