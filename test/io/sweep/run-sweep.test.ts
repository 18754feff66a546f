// Sweeps against CSMSs with planted weaknesses, and against one of another maker.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmbeddedCsms } from "../../../src/io/csms/embedded-csms.js";
import { Sweep, type TrialResult } from "../../../src/io/sweep/run-sweep.js";
import { DisturbedRelay } from "../../../src/io/sweep/sweep-relay.js";
import type { OpenedCsms } from "../../../src/io/sweep/sweep-station.js";
import { readRules } from "../../../src/rules/language/read-rules.js";
import { catalogueTrials, ruleTrials, type Trial } from "../../../src/sweep/trials.js";
import { samplePlan } from "../../support/cassettes/sample-plan.js";
import { startRpcCsms } from "../../support/peers/rpc-peers.js";
import { startWeakCsms, type Weakness } from "../../support/peers/weak-csms.js";

type Sample = "1.6" | "2.0.1";

const answered: Readonly<Record<Sample, number>> = { "1.6": 15, "2.0.1": 10 };

interface Way {
  readonly version?: Sample;
  readonly isLasting?: boolean;
  /** A rule file in place of the catalogue. */
  readonly rules?: string;
}

const ownFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "ocpp-vcr-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};

const trialsOf = (
  rules: string | undefined,
  version: Sample,
  actions: ReadonlySet<string>,
): readonly Trial[] => {
  if (rules === undefined) return catalogueTrials({ version, actions }).trials;
  const { ruleSet } = readRules(rules);
  if (ruleSet === undefined) throw new Error("the rules are right");
  return ruleTrials(ruleSet, { version, actions }).trials;
};

/** Sweeps with these faults; every trial finds a CSMS of its own unless it is a lasting one. */
const sweepWith = async (
  openCsms: () => Promise<OpenedCsms>,
  names: readonly string[],
  { version = "1.6", isLasting = false, rules }: Way = {},
): Promise<ReadonlyMap<string, TrialResult | undefined>> => {
  const folder = await ownFolder();
  const plan = await samplePlan(`sample-${version}`);
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
    onCassetteFailure: () => undefined,
  });
  expect(await sweep.playClean()).toBe(answered[version]);
  const results = new Map<string, TrialResult | undefined>();
  for (const trial of trialsOf(rules, version, actions))
    if (names.includes(trial.name)) results.set(trial.name, await sweep.attempt(trial));
  return results;
};

const startEmbedded = async (): Promise<OpenedCsms> => {
  const csms = await startEmbeddedCsms();
  return { url: new URL(csms.url), close: () => csms.close() };
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
    ["answers-unknown-actions", { "action-changed": "lost data" }],
    ["forgets-on-reset", { "reset-peer": "lost data" }],
  ])("a sweep finds the weakness of a CSMS (%s), and no other", async (weakness, cells) => {
    expect(await outcomesOf(weakness)).toEqual({ ...good, ...cells });
  });

  test.each<[Weakness, Sample, string, string]>([
    ["refuses-repeated", "2.0.1", "drop", "TransactionEvent (step 7), TransactionEvent (step 8) and 2 more"],
    [
      "forgets-on-reset",
      "2.0.1",
      "reset-peer",
      "TransactionEvent (step 8), TransactionEvent (step 9) and 1 more",
    ],
    ["refuses-repeated", "1.6", "drop", "StartTransaction (step 9) and StopTransaction (step 15)"],
    ["loses-meters", "1.6", "reset-peer", "MeterValues (step 11), MeterValues (step 12) and 1 more"],
  ])(
    "a sweep finds that a CSMS that %s loses data of OCPP %s with the fault %s",
    async (weakness, version, fault, steps) => {
      const results = await sweepWith(() => startWeakCsms(weakness), [fault, "delay"], { version });
      expect(results.get("delay")?.outcome).toBe("unaffected");
      expect(results.get(fault)).toMatchObject({
        outcome: "lost data",
        why: `not received or not answered, not even when repeated: ${steps}`,
      });
    },
  );

  test("a sweep finds an embedded CSMS that refuses to stop a transaction on another connection", async () => {
    const rules = `version: 1
rules:
  - id: planted
    when: { connection: { gte: 2 }, direction: cp-to-csms, type: CALL, action: StopTransaction }
    then: [ { callerror: { code: InternalError } } ]
`;
    const { ruleSet } = readRules(rules);
    if (ruleSet === undefined) throw new Error("the rules are right");
    const [planted] = ruleTrials({ ...ruleSet }, { version: "1.6", actions: new Set() }).trials;
    const folder = await ownFolder();
    let count = 0;
    const openWeak = async (): Promise<OpenedCsms> => {
      const embedded = await startEmbedded();
      const relay = await DisturbedRelay.start({
        csms: embedded,
        seed: 1,
        folder: join(folder, String(count++)),
        trial: planted,
        onCassetteFailure: () => undefined,
      });
      const close = async (): Promise<void> => {
        await relay.close();
        await embedded.close();
      };
      return { url: new URL(relay.url), close };
    };
    const results = await sweepWith(openWeak, ["reset-peer", "drop"]);
    expect(results.get("drop")?.outcome).toBe("recovered");
    expect(results.get("reset-peer")).toMatchObject({
      outcome: "lost data",
      why: expect.stringContaining("StopTransaction (step 15)"),
    });
  });

  test("a sweep reports invalid payloads that the CSMS accepted", async () => {
    const results = await sweepWith(startEmbedded, ["too-long", "id-too-long", "set"]);
    const told = (name: string): string | undefined => results.get(name)?.why;
    expect(told("too-long")).toContain(
      "accepted although it breaks the specification: StartTransaction /3/idTag: a text longer than its type allows",
    );
    expect(told("id-too-long")).toContain("more than 36 characters");
    expect(told("set")).toBe("set /idTag");
  });

  test("a sweep of the embedded CSMS finds nothing worse than recovered, twice the same", async () => {
    const told = async (): Promise<readonly string[]> =>
      [...(await sweepWith(startEmbedded, [...faults, "invalid-utf8", "bad-rsv"])).values()].map(
        (result) => `${result?.name} ${result?.outcome}: ${result?.why}`,
      );
    const first = await told();
    expect(first.filter((line) => !/ (?:recovered|unaffected): /.test(line))).toEqual([]);
    expect(await told()).toEqual(first);
  });

  test("a sweep finds the error code of ocpp-rpc for broken JSON, which 1.6 does not have", async () => {
    const { url } = await startRpcCsms({ strict: true, firstId: 100, calls: false });
    const place = { url: new URL(url), close: async () => undefined };
    const results = await sweepWith(async () => place, ["json-syntax", "action-changed", "drop"], {
      isLasting: true,
    });
    expect(results.get("drop")?.outcome).toBe("recovered");
    expect(results.get("action-changed")?.outcome).toBe("recovered");
    expect(results.get("json-syntax")).toMatchObject({
      outcome: "protocol violation",
      why: expect.stringContaining("RpcFrameworkError"),
    });
  });
});

test("a sweep stops if a lasting CSMS does not recover", {
  timeout: 30_000,
}, async () => {
  const csms = await startWeakCsms("crashes-on-broken-json");
  const place = { url: csms.url, close: async () => undefined };
  onTestFinished(() => csms.close());
  const results = await sweepWith(async () => place, ["json-syntax", "invalid-utf8"], { isLasting: true });
  expect(results.get("json-syntax")?.outcome).toBe("crashed");
  expect(results.get("invalid-utf8")).toBeUndefined();
});

describe("a rule of a file", { timeout: 30_000 }, () => {
  const rules = `version: 1
seed: 3
rules:
  - { id: late, trigger: { schedule: { at: 10m } }, then: [ { reset-peer: { after: 5s } } ] }
  - { id: third, when: { connection: 3 }, trigger: { nth: 30 }, then: [ { drop: {} } ] }
  - { id: of-2.x, when: { version: "2.0.1" }, then: [ { drop: {} } ] }
  - { id: pings, then: [ { drop-ping: {} } ] }
  - { id: kick, then: [ { kick: {} } ] }
  - { id: own, when: { direction: cp-to-csms, action: StopTransaction }, then: [ { duplicate: {} } ] }
`;

  test("a rule is brought forward if it does not act by itself, and the reason is given if it still does not act", async () => {
    const names = ["late", "third", "of-2.x", "pings", "kick", "own"];
    const results = await sweepWith(startEmbedded, names, { rules });
    const told = [...results].map(([name, result]) => [
      name,
      result?.outcome,
      result?.broughtForward,
      result?.why,
    ]);
    expect(told).toEqual([
      [
        "late",
        "recovered",
        true,
        "4 transaction messages answered when repeated; 2 other CALLs unanswered (brought forward)",
      ],
      ["third", "recovered", true, "1 transaction message answered when repeated (brought forward)"],
      ["of-2.x", "not applied", false, "the rule is for OCPP 2.0.1, and the recording is OCPP 1.6"],
      ["pings", "not applied", false, "no ping was sent during the replay"],
      ["kick", "not applied", false, "the charge point never had two connections at once"],
      ["own", "unaffected", false, "duplicated 1 time"],
    ]);
  });
});
