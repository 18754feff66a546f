// The plan with which the charge point reconnects after a disturbed replay.
import { expect, test } from "vitest";
import type { Plan } from "../../src/replay/plan/plan.js";
import { isTransactionCall, returnPlan } from "../../src/sweep/return-plan.js";
import { emptyPlan } from "../support/cassettes/empty-plan.js";
import { samplePlan } from "../support/cassettes/sample-plan.js";

const actionsOf = (plan: Plan): readonly string[] =>
  plan.steps.map((step) => (step.kind === "call" ? step.action : step.kind));

test.each(["sample-1.6", "sample-2.0.1"])(
  "the returning charge point boots, repeats open messages, and sends a Heartbeat (%s)",
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

test("the returning charge point uses the values that the CSMS assigned, and learns them again if their source is repeated", async () => {
  const plan = await samplePlan("sample-1.6");
  const start = plan.steps.findIndex((step) => step.kind === "call" && step.action === "StartTransaction");
  const stop = plan.steps.findIndex((step) => step.kind === "call" && step.action === "StopTransaction");
  const values = new Map([[0, "77"]]);
  const known = returnPlan(plan, { steps: new Set([stop]), values, idPrefix: "x" });
  expect(known?.plan.slots[0]).toMatchObject({ given: "77", learnedFrom: -1 });
  const both = returnPlan(plan, { steps: new Set([start, stop]), values: new Map(), idPrefix: "x" });
  expect(both?.plan.slots[0]?.learnedFrom).toBe(2);
});

test.each([
  ["d641091d-1476-4301-ae02-e600b8278210", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ["17", /^[0-9]+$/],
  ["Start-4", /^.{1,36}$/],
  ["0123456789012345678901234567890abcde", /^.{36}$/],
])("a repeated message has a new id of the same form, of at most 36 characters: %s", async (id, form) => {
  const plan = await samplePlan("sample-1.6");
  const steps = plan.steps.map((step) => {
    if (step.kind !== "call" || step.action !== "StartTransaction") return step;
    const places = step.out.places?.map((place) =>
      place.kind === "made" && place.what === "message" ? { ...place, recorded: id } : place,
    );
    return { ...step, out: { ...step.out, ...(places === undefined ? {} : { places }) } };
  });
  const start = steps.findIndex((step) => step.kind === "call" && step.action === "StartTransaction");
  const way = returnPlan({ ...plan, steps }, { steps: new Set([start]), values: new Map(), idPrefix: "x" });
  const repeated = way?.plan.steps[2];
  const made = repeated?.kind === "call" ? repeated.out.places?.filter(({ kind }) => kind === "made") : [];
  const recorded = made?.flatMap((place) => (place.kind === "made" ? [place.recorded] : []));
  expect(recorded).toHaveLength(1);
  expect(recorded?.[0]).toMatch(form);
  expect(recorded?.[0]).not.toBe(id);
});

test("there is no return plan for a plan without a connection", () => {
  expect(returnPlan(emptyPlan, { steps: new Set(), values: new Map(), idPrefix: "x" })).toBeUndefined();
});
