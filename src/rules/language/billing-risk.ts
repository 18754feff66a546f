// Whether a rule can make a transaction message fail for good, and so destroy billing data: a charge point repeats such
// a message a few times and then gives it up (OCPP 1.6 section 3.7.1; for 2.x part 4, TransactionMessageAttempts).
// Careful on purpose: what a condition might let through counts as let through, and what comes later than a charge point
// usually waits counts as lost.

import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import type { Rule } from "./rule-set.js";

/** The messages that bills are made of. */
const transactionActions = [
  "StartTransaction",
  "StopTransaction",
  "MeterValues",
  "TransactionEvent",
] as const;

/** A CALL that is lost, and an answer that is lost, end the same way for who waits. */
const riskyTypes: readonly (MessageType | "unreadable")[] = ["CALL", "CALLRESULT", "CALLERROR", "unreadable"];

/** What a rule can destroy. */
export interface BillingRisk {
  /** The actions of the messages that can fail for good. */
  readonly actions: readonly string[];
  /** The faults that do it. */
  readonly faults: readonly string[];
  readonly message: string;
}

/** A charge point that waits no longer for an answer counts the attempt as failed: half a minute is usual. */
const patienceMs = 30_000;
/** What the rule can destroy; undefined where it can make no transaction message fail for good. */
export function billingRiskOf(rule: Rule): BillingRisk | undefined {
  const { when, trigger } = rule;
  const risky = rule.faults.filter(
    ({ fault, settings }) => fault.risksBilling || fault.longestHoldMs(settings) >= patienceMs,
  );
  const faults = [...new Set(risky.map(({ fault }) => fault.name))];
  if (faults.length === 0) return undefined;
  if (when.types !== undefined && !when.types.some((type) => riskyTypes.includes(type))) return undefined;
  // Whatever is no message (a ping, an upgrade, a handshake) takes all messages behind it along.
  const isMessage = rule.point === "message";
  const actions = transactionActions.filter(
    (action) =>
      !isMessage || when.actions === undefined || when.actions.some((glob) => matchesGlob(glob, action)),
  );
  if (actions.length === 0) return undefined;
  // Lost once, it is sent again: the second attempt finds the rule used up.
  const isOnce = trigger.times !== undefined || trigger.nth !== undefined || trigger.first !== undefined;
  const how = isOnce ? "if the charge point does not send it again" : "for good";
  return {
    actions,
    faults,
    message: `this rule can destroy billing data: with it, ${list(actions)} can fail ${how} (OCPP 1.6 section 3.7.1)`,
  };
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
