// Sweeps against CSMSs with planted weaknesses, and against one of another maker.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmbeddedCsms } from "../../src/io/embedded-csms.js";
import { Sweep, type TrialResult } from "../../src/io/run-sweep.js";
import type { CsmsPlace } from "../../src/io/sweep-station.js";
import { catalogueTrials } from "../../src/rules/trials.js";
import { startRpcCsms } from "../support/rpc-peers.js";
import { samplePlan } from "../support/sample-plan.js";
import { startWeakCsms, type Weakness } from "../support/weak-csms.js";

/** Sweeps with these faults; every trial finds a CSMS of its own unless it is a lasting one. */
const sweepWith = async (
  openCsms: () => Promise<CsmsPlace>,
  names: readonly string[],
  isLasting = false,
): Promise<ReadonlyMap<string, TrialResult | undefined>> => {
  const folder = await mkdtemp(join(tmpdir(), "ocpp-vcr-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const plan = await samplePlan("sample-1.6");
  const actions = new Set(plan.steps.flatMap((step) => (step.kind === "call" ? [step.action] : [])));
  const sweep = new Sweep({
    plan,
    identity: undefined,
    password: undefined,
    pace: "lockstep",
    timeoutMs: 500,
    openCsms,
    isLasting,
    seed: 1,
    run: 1,
    folderOf: (name) => join(folder, name),
    say: () => undefined,
  });
  expect(await sweep.playClean()).toBe(15);
  const results = new Map<string, TrialResult | undefined>();
  for (const trial of catalogueTrials({ version: "1.6", actions }).trials)
    if (names.includes(trial.name)) results.set(trial.name, await sweep.attempt(trial));
  return results;
};

const faults = ["json-syntax", "duplicate", "action-changed", "reset-peer", "drop"];

const outcomesOf = async (weakness: Weakness): Promise<Record<string, string | undefined>> => {
  const results = await sweepWith(() => startWeakCsms(weakness), faults);
  return Object.fromEntries([...results].map(([name, result]) => [name, result?.outcome]));
};

const good = {
  "json-syntax": "recovered",
  duplicate: "unaffected",
  "action-changed": "recovered",
  "reset-peer": "recovered",
  drop: "recovered",
};

describe("a sweep finds", { timeout: 60_000 }, () => {
  test.each<[Weakness, Partial<Record<string, string>>]>([
    ["none", {}],
    ["crashes-on-broken-json", { "json-syntax": "crashed" }],
    ["hangs-on-duplicate-ids", { duplicate: "hung" }],
    ["answers-unknown-actions", { "action-changed": "protocol violation" }],
    ["forgets-on-reset", { "reset-peer": "lost data" }],
  ])("the weakness of a CSMS (%s) in its cell and in no other", async (weakness, cells) => {
    expect(await outcomesOf(weakness)).toEqual({ ...good, ...cells });
  });

  test("nothing worse than recovered at the embedded CSMS, twice the same", async () => {
    const embedded = async (): Promise<CsmsPlace> => {
      const csms = await startEmbeddedCsms();
      return { url: new URL(csms.url), close: () => csms.close() };
    };
    const told = async (): Promise<readonly string[]> =>
      [...(await sweepWith(embedded, [...faults, "invalid-utf8", "bad-rsv"])).values()].map(
        (result) => `${result?.name} ${result?.outcome}: ${result?.why}`,
      );
    const first = await told();
    expect(first.filter((line) => !/ (?:recovered|unaffected): /.test(line))).toEqual([]);
    expect(await told()).toEqual(first);
  });

  test("the error code that ocpp-rpc has for broken JSON, and 1.6 has not", async () => {
    const { url } = await startRpcCsms({ strict: true, firstId: 100, calls: false });
    const place = { url: new URL(url), close: async () => undefined };
    const results = await sweepWith(async () => place, ["json-syntax", "action-changed", "drop"], true);
    expect(results.get("drop")?.outcome).toBe("recovered");
    expect(results.get("action-changed")?.outcome).toBe("recovered");
    expect(results.get("json-syntax")).toMatchObject({
      outcome: "protocol violation",
      why: expect.stringContaining("RpcFrameworkError"),
    });
  });
});

test("a sweep tries nothing more at a lasting CSMS that does not come back", {
  timeout: 30_000,
}, async () => {
  const csms = await startWeakCsms("crashes-on-broken-json");
  const place = { url: csms.url, close: async () => undefined };
  onTestFinished(() => csms.close());
  const results = await sweepWith(async () => place, ["json-syntax", "invalid-utf8"], true);
  expect(results.get("json-syntax")?.outcome).toBe("crashed");
  expect(results.get("invalid-utf8")).toBeUndefined();
});
