// The steps that depend on an answer.
import { describe, expect, test } from "vitest";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { dependentSteps, stepsUntilNextBoot } from "../../../src/replay/plan/steps-after-fork.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

let id = 0;
const call = (action: string, payload: object, answer: object = {}): readonly string[] => {
  id++;
  return [
    `1> ${JSON.stringify([2, `${id}`, action, payload])}`,
    `1< ${JSON.stringify([3, `${id}`, answer])}`,
  ];
};
const start = (connectorId: number, idTag: string, transactionId: number): readonly string[] =>
  call("StartTransaction", { connectorId, idTag }, { transactionId });
const meter = (connectorId: number, transactionId?: number): readonly string[] =>
  call("MeterValues", { connectorId, ...(transactionId === undefined ? {} : { transactionId }) });
const stop = (transactionId: number): readonly string[] => call("StopTransaction", { transactionId });
const state = (connectorId: number): readonly string[] => call("StatusNotification", { connectorId });

const behind = (from: number, ...lines: readonly (readonly string[])[]): readonly number[] =>
  dependentSteps(compilePlan(dialogueRecording(["1 dial", ...lines.flat()])), from).steps;

describe("after a start", () => {
  test("steps that name the transaction or its connector depend on its start, up to its end", () => {
    expect(
      behind(
        1,
        start(1, "T", 7),
        meter(1, 7),
        state(2),
        state(1),
        start(2, "U", 8),
        meter(2, 8),
        stop(7),
        state(1),
      ),
    ).toEqual([2, 4, 7]);
  });

  test("steps of the next transaction on the connector do not depend on a start without a recorded end", () => {
    expect(behind(1, start(1, "T", 7), meter(1), start(1, "T", 9), meter(1))).toEqual([2]);
  });
});

describe("after an authorisation", () => {
  test("the next transaction of the tag depends on its authorisation", () => {
    expect(
      behind(
        1,
        call("Authorize", { idTag: "T" }),
        start(2, "U", 8),
        start(1, "T", 7),
        meter(2, 8),
        meter(1, 7),
        stop(7),
      ),
    ).toEqual([3, 5, 6]);
  });

  test("a transaction does not depend on an authorisation if its tag is authorised again", () => {
    expect(
      behind(1, call("Authorize", { idTag: "T" }), call("Authorize", { idTag: "T" }), start(1, "T", 7)),
    ).toEqual([]);
  });
});

test("everything up to the next boot depends on a boot", () => {
  const boot = call("BootNotification", {});
  const plan = compilePlan(
    dialogueRecording([
      "1 dial",
      ...boot,
      ...state(1),
      ...meter(1),
      ...call("BootNotification", {}),
      ...state(1),
    ]),
  );
  expect(stepsUntilNextBoot(plan, 1)).toBe(2);
});

test("calls of the CSMS about the transaction or its connector depend on the start as well", () => {
  const plan = compilePlan(
    dialogueRecording([
      "1 dial",
      ...start(1, "T", 7),
      '1< [2,"a","RemoteStopTransaction",{"transactionId":7}]',
      '1< [2,"b","RemoteStopTransaction",{"transactionId":8}]',
      '1< [2,"c","SetChargingProfile",{"connectorId":1}]',
      '1< [2,"d","ClearCache",{}]',
      ...stop(7),
      '1< [2,"e","UnlockConnector",{"connectorId":1}]',
    ]),
  );
  expect(dependentSteps(plan, 1)).toEqual({ steps: [2], expectations: [0, 2] });
});
