// Which steps hang on an answer.
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

describe("behind a start", () => {
  test("lies what names its transaction or its connector, up to its end", () => {
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

  test("lies nothing of the next one on its connector where its end is not recorded", () => {
    expect(behind(1, start(1, "T", 7), meter(1), start(1, "T", 9), meter(1))).toEqual([2]);
  });
});

describe("behind an authorisation", () => {
  test("lies the next transaction of its tag", () => {
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

  test("lies nothing when its tag is asked for anew", () => {
    expect(
      behind(1, call("Authorize", { idTag: "T" }), call("Authorize", { idTag: "T" }), start(1, "T", 7)),
    ).toEqual([]);
  });
});

test("behind a boot lies everything up to the next one", () => {
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

test("CSMS calls about the transaction or its connector lie behind it, too", () => {
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
