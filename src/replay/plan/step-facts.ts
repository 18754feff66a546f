// What a CALL of the station is about, by its payload: connector, id tag, transaction. Enough to find the steps that belong
// together; 1.6 section 4.8 ff., 2.x TransactionEvent. Total over any payload.

import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, idTagOf, textAt, transactionIdOf } from "../../ocpp/payload.js";
import type { CallStep } from "./plan.js";

/** What a CALL is about. */
export interface StepFacts {
  readonly connector: string | undefined;
  readonly tag: string | undefined;
  readonly status: string | undefined;
  /** The recorded id of the transaction; for a 1.6 start, the id in its answer. */
  readonly transaction: string | undefined;
  readonly starts: boolean;
  readonly ends: boolean;
}

const known = new WeakMap<CallStep, StepFacts>();

/** The facts of a step. */
export function stepFacts(step: CallStep): StepFacts {
  const before = known.get(step);
  if (before !== undefined) return before;
  const payload = payloadIn(step.out.text);
  const facts: StepFacts = {
    connector: connectorOf(payload),
    tag: idTagOf(payload),
    status: textAt(payload, "status"),
    transaction:
      step.action === "StartTransaction"
        ? transactionIdOf(payloadIn(step.answer?.text))
        : transactionIdOf(payload),
    starts: step.action === "StartTransaction" || textAt(payload, "eventType") === "Started",
    ends: step.action === "StopTransaction" || textAt(payload, "eventType") === "Ended",
  };
  known.set(step, facts);
  return facts;
}
