// The way back behind a disturbed replay.
import { expect, test } from "vitest";
import type { Plan } from "../../src/replay/plan.js";
import { isTransactionCall, returnPlan } from "../../src/replay/return-plan.js";
import { samplePlan } from "../support/sample-plan.js";

const actionsOf = (plan: Plan): readonly string[] =>
  plan.steps.map((step) => (step.kind === "call" ? step.action : step.kind));

test.each(["sample-1.6", "sample-2.0.1"])(
  "it boots, repeats what is open, and asks for a Heartbeat (%s)",
  async (name) => {
    const plan = await samplePlan(name);
    const open = plan.steps.flatMap((step, index) => (isTransactionCall(step) ? [index] : []));
    const way = returnPlan(plan, { steps: new Set(open), values: new Map(), idPrefix: "x" });
    const repeated = open.map((index) => actionsOf(plan)[index] ?? "");
    expect(actionsOf(way?.plan ?? plan)).toEqual([
      "dial",
      "BootNotification",
      ...repeated,
      "Heartbeat",
      "end",
    ]);
    expect([...(way?.origins.values() ?? [])]).toEqual(open);
    expect(way?.signs).toEqual([1, open.length + 2]);
  },
);

test("it gives values that the CSMS has handed out, and learns them anew where their source is repeated", async () => {
  const plan = await samplePlan("sample-1.6");
  const start = plan.steps.findIndex((step) => step.kind === "call" && step.action === "StartTransaction");
  const stop = plan.steps.findIndex((step) => step.kind === "call" && step.action === "StopTransaction");
  const values = new Map([[0, "77"]]);
  const known = returnPlan(plan, { steps: new Set([stop]), values, idPrefix: "x" });
  expect(known?.plan.slots[0]).toMatchObject({ given: "77", learnedFrom: -1 });
  const both = returnPlan(plan, { steps: new Set([start, stop]), values: new Map(), idPrefix: "x" });
  expect(both?.plan.slots[0]?.learnedFrom).toBe(2);
});

test("there is none where nobody dials", () => {
  const plan = {
    identity: "CP1",
    steps: [],
    slots: [],
    expectations: [],
    strays: [],
    versions: new Map(),
    times: undefined,
    registers: new Map(),
    notes: [],
  };
  expect(returnPlan(plan, { steps: new Set(), values: new Map(), idPrefix: "x" })).toBeUndefined();
});
