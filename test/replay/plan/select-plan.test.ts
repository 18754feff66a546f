// Plans of selections that carry values from before their cut.
import { expect, test } from "vitest";
import type { Selection } from "../../../src/analyse/select/selection.js";
import {
  type PlannedSelection,
  type PlanRequest,
  planSelection,
} from "../../../src/replay/plan/select-plan.js";
import { valueName } from "../../../src/replay/plan/unbound.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { everything } from "../../support/cassettes/selections.js";

/** Two transactions begin before the cut at 10 ms; the answer that hands out 12 is not on the recording. */
const recording = dialogueRecording([
  "1 dial",
  '1> [2,"s1","StartTransaction",{"connectorId":1}]',
  '1< [3,"s1",{"transactionId":11}]',
  '1> [2,"m0","MeterValues",{"connectorId":2,"transactionId":12}]',
  '1< [3,"m0",{}]',
  '1< [2,"r","RemoteStopTransaction",{"transactionId":12}]',
  '1> [3,"r",{"status":"Accepted"}]',
  '@10 1> [2,"m1","MeterValues",{"connectorId":1,"transactionId":11}]',
  '1< [3,"m1",{}]',
  '1> [2,"m2","MeterValues",{"connectorId":2,"transactionId":12}]',
  '1< [3,"m2",{}]',
  '1> [2,"h","Heartbeat",{}]',
  '1< [3,"h",{}]',
]);

const late: Selection = { ...everything, from: { kind: "from-start", ns: 9.5e6 } };

const plan = (changes: Partial<PlanRequest> = {}): PlannedSelection =>
  planSelection({
    entries: [...recording, note("12")],
    selection: late,
    prologue: "none",
    given: [],
    startMissing: false,
    skipUnbound: false,
    inflate: () => undefined,
    making: {},
    ...changes,
  });

const note = (id: string) =>
  ({
    kind: "note",
    connection: null,
    at: null,
    code: "unbound",
    message: `transactionId:${id} was handed out before what is kept`,
  }) as const;

const callsOf = (planned: PlannedSelection): readonly string[] =>
  planned.kind === "plan"
    ? planned.plan.steps.flatMap((step) => (step.kind === "call" ? [step.id] : []))
    : [];

const notesOf = ({ notes }: PlannedSelection): readonly string[] =>
  notes.map(({ what, value }) => `${what} ${valueName(value)}`);

test("values from before the cut without a live value are named", () => {
  const planned = plan();
  expect(planned.kind === "unbound" ? planned.values.map(valueName) : []).toEqual([
    "transactionId:11",
    "transactionId:12",
  ]);
});

test("starts are taken in and what still lacks a value is left out", () => {
  const planned = plan({ startMissing: true, skipUnbound: true });
  expect(callsOf(planned)).toEqual(["s1", "m1", "h"]);
  expect(notesOf(planned)).toEqual(["started transactionId:11", "left-out transactionId:12"]);
});

test("given values are put into the plan, and one that nothing carries is named", () => {
  const given = ["11", "12", "13"].map(
    (recorded) => ({ kind: "transactionId", recorded, value: "7" }) as const,
  );
  const planned = plan({ given });
  expect(callsOf(planned)).toEqual(["m1", "m2", "h"]);
  expect(notesOf(planned)).toEqual(["unused transactionId:13"]);
  expect(planned.kind === "plan" && planned.plan.slots.map((slot) => slot.given)).toEqual(["7", "7"]);
});

test("a value that was never handed out is sent as recorded", () => {
  const planned = plan({ entries: recording, selection: everything });
  expect(notesOf(planned)).toEqual(["as-recorded transactionId:12"]);
  expect(callsOf(planned)).toHaveLength(5);
});

test("a selection that fits no message is no plan", () => {
  const planned = plan({ selection: { ...everything, only: ["Reset"] } });
  expect(planned).toMatchObject({ kind: "nothing", selected: { kept: 0 } });
});
