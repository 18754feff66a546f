// The charge point of a sweep.
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedCsms } from "../../../src/io/csms/embedded-csms.js";
import { playPlan } from "../../../src/io/sweep/sweep-station.js";
import { samplePlan } from "../../support/cassettes/sample-plan.js";

test("the charge point of a sweep sends the same in the same run, and other message ids in another run", async () => {
  const plan = await samplePlan("sample-1.6");
  const facts = {
    identity: undefined,
    password: undefined,
    pace: "lockstep",
    timeoutMs: 1000,
    seed: 1,
  } as const;
  const idsOf = async (run: number): Promise<readonly (string | undefined)[]> => {
    const embedded = await startEmbeddedCsms();
    onTestFinished(() => embedded.close());
    const ids: (string | undefined)[] = [];
    const report = (one: {
      readonly kind: string;
      readonly exchange?: { readonly live: { readonly call: string | undefined } };
    }): void => {
      if (one.kind === "compared") ids.push(/"([^"]*)"/.exec(one.exchange?.live.call ?? "")?.[1]);
    };
    const to = { url: new URL(embedded.url) };
    expect((await playPlan(plan, to, facts, { run, report, record: () => undefined }).outcome).verdict).toBe(
      "pass",
    );
    return ids;
  };
  const first = await idsOf(1);
  expect(first).toHaveLength(15);
  expect(await idsOf(1)).toEqual(first);
  expect((await idsOf(2)).some((id) => first.includes(id))).toBe(false);
});
