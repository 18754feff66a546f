// Whether a rule can make a transaction message fail for good, and so destroy billing data: a charge point repeats such
// a message a few times and then gives up (OCPP 1.6 section 3.7.1; 2.x part 4, TransactionMessageAttempts). Errs on the
// safe side: a condition counts as met if it can be met, and a message counts as lost if it is held longer than a charge
// point usually waits.

import type { MessageType } from "../../ocpp/envelope/message-type.js";
import { matchesGlob } from "../../text/glob.js";
import type { Rule } from "./rule-set.js";

/** The messages that billing depends on. */
const transactionActions = [
  "StartTransaction",
  "StopTransaction",
  "MeterValues",
  "TransactionEvent",
] as const;

/** A lost answer has the same effect for the charge point as a lost CALL. */
const riskyTypes: readonly (MessageType | "unreadable")[] = ["CALL", "CALLRESULT", "CALLERROR", "unreadable"];

/** What a rule can destroy. */
export interface BillingRisk {
  /** The actions of the messages that can fail for good. */
  readonly actions: readonly string[];
  /** The names of the faults that cause it. */
  readonly faults: readonly string[];
  readonly message: string;
}

/** After this time without an answer, a charge point usually counts the attempt as failed. */
const usualTimeoutMs = 30_000;

/** What the rule can destroy. Undefined if it can make no transaction message fail for good. */
export function billingRiskOf(rule: Rule): BillingRisk | undefined {
  const { when, trigger } = rule;
  const risky = rule.faults.filter(
    ({ fault, settings }) => fault.risksBilling || fault.longestHoldMs(settings) >= usualTimeoutMs,
  );
  const faults = [...new Set(risky.map(({ fault }) => fault.name))];
  if (faults.length === 0) return undefined;
  if (when.types !== undefined && !when.types.some((type) => riskyTypes.includes(type))) return undefined;
  // A rule about a connection, an upgrade or a ping affects all messages.
  const isMessage = rule.point === "message";
  const actions = transactionActions.filter(
    (action) =>
      !isMessage || when.actions === undefined || when.actions.some((glob) => matchesGlob(glob, action)),
  );
  if (actions.length === 0) return undefined;
  // A rule that acts a limited number of times does not affect the repeated message.
  const isLimited = trigger.times !== undefined || trigger.nth !== undefined || trigger.first !== undefined;
  const how = isLimited ? "if the charge point does not send it again" : "for good";
  return {
    actions,
    faults,
    message: `this rule can destroy billing data: ${list(actions)} can fail ${how} (OCPP 1.6 section 3.7.1)`,
  };
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
