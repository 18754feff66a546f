// The proxy of one trial.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedCsms } from "../../../src/io/csms/embedded-csms.js";
import { DisturbedRelay } from "../../../src/io/sweep/sweep-relay.js";
import { playPlan } from "../../../src/io/sweep/sweep-station.js";
import { catalogueTrials } from "../../../src/sweep/trials.js";
import { samplePlan } from "../../support/cassettes/sample-plan.js";

test("the proxy of a trial keeps what it records, with the decisions of the trial's rule", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ocpp-vcr-"));
  const embedded = await startEmbeddedCsms();
  onTestFinished(async () => {
    await embedded.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const actions = new Set(["StartTransaction"]);
  const trial = catalogueTrials({ version: "1.6", actions }).trials.find(({ name }) => name === "duplicate");
  const csms = { url: new URL(embedded.url) };
  const relay = await DisturbedRelay.start({
    csms,
    seed: 1,
    folder,
    trial,
    onCassetteFailure: () => undefined,
  });
  const facts = {
    identity: undefined,
    password: undefined,
    pace: "lockstep",
    timeoutMs: 1000,
    seed: 1,
  } as const;
  const silent = { run: 1, report: () => undefined, record: () => undefined };
  await playPlan(await samplePlan("sample-1.6"), { url: new URL(relay.url) }, facts, silent).outcome;
  await relay.close();
  expect(relay.entries[0]).toMatchObject({ kind: "session", source: "sweep", seed: 1 });
  expect(relay.entries.filter(({ kind }) => kind === "decision")).toMatchObject([{ rule: "duplicate" }]);
  expect(relay.cassettes).toHaveLength(1);
});
