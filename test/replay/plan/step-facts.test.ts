// What a CALL of the station is about.
import { expect, test } from "vitest";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { type StepFacts, stepFacts } from "../../../src/replay/plan/step-facts.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const factsOf = (...lines: readonly string[]): StepFacts | undefined => {
  const step = compilePlan(dialogueRecording(["1 dial", ...lines])).steps[1];
  return step?.kind === "call" ? stepFacts(step) : undefined;
};

test("a 1.6 StartTransaction belongs to the transaction id in its answer", () => {
  const facts = factsOf(
    '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
    '1< [3,"s",{"transactionId":7}]',
  );
  expect(facts).toEqual({ connector: "1", tag: "T", transaction: "7", starts: true, ends: false });
});

test("a 2.x TransactionEvent belongs to the transaction and the EVSE that it names", () => {
  const facts = factsOf(
    '1> [2,"e","TransactionEvent",{"eventType":"Ended","evse":{"id":2},"idToken":{"idToken":"T"},"transactionInfo":{"transactionId":"t"}}]',
  );
  expect(facts).toEqual({ connector: "2", tag: "T", transaction: "t", starts: false, ends: true });
});

test("a payload of any shape gives facts, if only undefined ones", () => {
  const nothing = {
    connector: undefined,
    tag: undefined,
    transaction: undefined,
    starts: false,
    ends: false,
  };
  for (const payload of ["null", "[]", '"x"', "1", '{"idTag":7}'])
    expect(factsOf(`1> [2,"x","MeterValues",${payload}]`)).toEqual(nothing);
});
