// Values that a part of a recording carries and does not learn.
import { describe, expect, test } from "vitest";
import { unboundCode } from "../../../src/analyse/select/kept-entry.js";
import { selectEntries } from "../../../src/analyse/select/select-entries.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { type GivenValue, unboundValues, valueName, withGiven } from "../../../src/replay/plan/unbound.js";
import { StationCalls } from "../../../src/replay/station/calls/station-calls.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { everything } from "../../support/cassettes/selections.js";

const recording = dialogueRecording([
  "1 dial",
  '1> [2,"start","StartTransaction",{"connectorId":1}]',
  '1< [3,"start",{"transactionId":4711}]',
  '1> [2,"m1","MeterValues",{"connectorId":1,"transactionId":4711,"b":12.50}]',
  '1< [3,"m1",{}]',
  '1< [2,"rs","RemoteStopTransaction",{"transactionId":4711}]',
  '1> [3,"rs",{"status":"Accepted"}]',
  '1> [2,"stop","StopTransaction",{"transactionId":"4711"}]',
  '1< [3,"stop",{}]',
  '1> [2,"off","StopTransaction",{"transactionId":-1}]',
  '1< [3,"off",{}]',
]);
const late = selectEntries(recording, { ...everything, skip: ["Start*"] }, { prologue: "none" }).entries;
const given = (recorded: string, value: string): GivenValue => ({ kind: "transactionId", recorded, value });

const sent = (entries: readonly Entry[], values: readonly GivenValue[]): readonly string[] => {
  const plan = withGiven(compilePlan(entries), values);
  const calls = new StationCalls(plan);
  return plan.steps.flatMap((step) => (step.kind === "call" ? [calls.prepare(step).named] : []));
};

describe("unboundValues", () => {
  test("each unbound value has the number of its CALLs, and whether the recording hands it out", () => {
    const found = unboundValues(late, recording);
    expect(found.map(({ steps, isHandedOut, ...value }) => [valueName(value), steps, isHandedOut])).toEqual([
      ["transactionId:4711", 2, true],
      ["transactionId:-1", 1, false],
    ]);
  });

  test("values that are learned, and values of 2.x, are not unbound", () => {
    expect(unboundValues(recording, recording).map(valueName)).toEqual(["transactionId:-1"]);
    const newer = late.map((entry) =>
      entry.kind === "connection-opened" ? { ...entry, subprotocol: "ocpp2.0.1" } : entry,
    );
    expect(unboundValues(newer, recording)).toEqual([]);
  });

  test("a note of a trimmed recording counts as handing a value out", () => {
    const message = "transactionId:4711 was handed out before what is kept";
    const note: Entry = { kind: "note", connection: null, at: null, code: unboundCode, message };
    expect(unboundValues(late, late).map(({ isHandedOut }) => isHandedOut)).toEqual([false, false]);
    expect(unboundValues(late, [...late, note])[0]).toMatchObject({ isHandedOut: true });
  });

  test("an unbound number of any size keeps its digits", () => {
    const big = dialogueRecording([
      "1 dial",
      '1> [2,"1","StopTransaction",{"transactionId":9223372036854775807}]',
    ]);
    expect(unboundValues(big, big).map(valueName)).toEqual(["transactionId:9223372036854775807"]);
  });
});

describe("withGiven", () => {
  test("a given value is written over the recorded one, in the type of the recorded one", () => {
    const plan = withGiven(compilePlan(late), [given("4711", "9223372036854775806")]);
    const calls = new StationCalls(plan);
    const bytes = plan.steps.flatMap((step) => (step.kind === "call" ? [calls.prepare(step)] : []));
    const texts = bytes.map(({ bytes: frame }) => unmasked(frame));
    expect(texts).toEqual([
      '[2,"m1","MeterValues",{"connectorId":1,"transactionId":9223372036854775806,"b":12.50}]',
      '[2,"stop","StopTransaction",{"transactionId":"9223372036854775806"}]',
      '[2,"off","StopTransaction",{"transactionId":-1}]',
    ]);
  });

  test("a given value has the same name in every run", () => {
    expect(sent(late, [given("4711", "1")])).toEqual(sent(late, [given("4711", "2")]));
    expect(sent(late, [given("4711", "1")])[0]).toContain("{{given-transactionId:4711}}");
  });

  test("a given value is bound in calls of the CSMS as well", () => {
    const plan = withGiven(compilePlan(late), [given("4711", "17")]);
    const slot = plan.expectations[0]?.bound.get("/transactionId") ?? -1;
    expect(plan.slots[slot]).toMatchObject({ given: "17" });
  });

  test("without given values the plan does not change", () => {
    const plan = compilePlan(late);
    expect(withGiven(plan, [])).toEqual(plan);
  });
});

const unmasked = (frame: Uint8Array): string => {
  const length = (frame[1] ?? 0) & 0x7f;
  const at = length === 126 ? 4 : 2;
  const mask = frame.subarray(at, at + 4);
  return new TextDecoder().decode(frame.subarray(at + 4).map((byte, i) => byte ^ (mask[i & 3] ?? 0)));
};
