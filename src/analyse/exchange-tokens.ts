// By what an exchange is recognised in another recording: strictly by everything it says but ids and times, loosely
// by its action and the thing it is about. Texts of peers are hostile: bounded, and total.

import { flatten } from "./compare-values.js";
import type { Exchange } from "./exchanges.js";

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
  "/connectorId",
  "/evseId",
  "/evse/id",
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

/** How an exchange is recognised. */
export interface Tokens {
  /** Equal where the same was said; undefined where that is too little to go by. */
  readonly strict: string | undefined;
  readonly loose: string;
}

/** The tokens of an exchange. */
export function tokensOf({ direction, type, action, call }: Exchange): Tokens {
  const name = `${direction} ${type} ${action ?? ""}`;
  if (type !== "CALL" && type !== "SEND") return { strict: `${name} ${cut(call)}`, loose: name };
  const values = call === undefined ? undefined : flatten(call, [[3, ""]]);
  if (values === undefined) return { strict: `${name} ${cut(call)}`, loose: name };
  const said: string[] = [];
  const about: string[] = [];
  for (const [pointer, { canonical }] of values) {
    const member = pointer.slice(pointer.lastIndexOf("/") + 1);
    if (subjects.has(pointer)) about.push(`${pointer}=${cut(canonical)}`);
    if (!chosen.has(member) && !isTime(canonical)) said.push(`${pointer}=${canonical}`);
  }
  const loose = `${name} ${about.sort().join(" ")}`;
  // Empty payloads are all alike: laid side by side first, they would tear apart what lies between them.
  return { strict: said.length <= 1 ? undefined : `${name} ${cut(said.sort().join(" "))}`, loose };
}

const cut = (text: string | undefined): string => (text ?? "").slice(0, longestToken);
