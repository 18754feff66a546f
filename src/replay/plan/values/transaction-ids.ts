// Where 1.6 transaction ids stand in messages, for what looks at a plan from outside: the same table as the bindings.

import { type Leaf, leavesOf } from "../../../ocpp/json/spans.js";
import { BindingTable, builtInBindings, transactionBinding } from "./bindings.js";

const table = new BindingTable(builtInBindings("1.6").filter(({ name }) => name === transactionBinding));

/** The transaction ids that a CALL carries, whichever side sends it. */
export function transactionIdsIn(action: string, text: string): readonly Leaf[] {
  return table.usesIn("CALL", action, leavesOf(text)).map(({ leaf }) => leaf);
}

/** The transaction id that a StartTransaction.conf hands out; undefined where it holds none that could be written elsewhere. */
export function givenTransactionId(answer: string): string | undefined {
  const source = table.learnsIn("CALLRESULT", "StartTransaction", leavesOf(answer)).at(-1)?.leaf.source;
  return source === "null" ? undefined : source;
}
