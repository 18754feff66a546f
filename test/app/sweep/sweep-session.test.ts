// Sweeps as programs run them: typed settings in, typed events and a summary out.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { SweepEvent } from "../../../src/app/sweep/sweep-events.js";
import { openSweepSession, type SweepSession } from "../../../src/app/sweep/sweep-session.js";
import type { SweepSettings } from "../../../src/app/sweep/sweep-settings.js";
import { ownFolder } from "../../support/runs/record-process.js";

const sample = fileURLToPath(new URL("../../../recordings/sample-1.6.cassette", import.meta.url));

const open = (more: Partial<SweepSettings> = {}): Promise<SweepSession> =>
  openSweepSession(sample, {
    csms: "embedded",
    faults: "all",
    only: "dup*",
    tls: {},
    target: {},
    pace: "lockstep",
    timeoutMs: 500,
    env: {},
    emit: () => undefined,
    ...more,
  });

test("a sweep reports its clean replay and each fault, and sums up the outcomes", async () => {
  const events: SweepEvent[] = [];
  const folder = join(await ownFolder(), "cassettes");
  const session = await open({ folder, seed: 4, run: 9, emit: (event) => events.push(event) });
  const summary = await session.run();
  expect(events).toMatchObject([
    { kind: "begin", seed: 4, run: 9 },
    { kind: "clean", answered: 15, trials: 2 },
    { kind: "trial", number: 1, trials: 2, name: "duplicate" },
    { kind: "result", result: { name: "duplicate", outcome: "unaffected" } },
    { kind: "trial", number: 2, trials: 2, name: "duplicate-id" },
    { kind: "result", result: { name: "duplicate-id", outcome: "recovered" } },
  ]);
  expect(summary).toMatchObject({ ok: true, worst: "recovered", notTried: [], leftOut: [], seed: 4 });
  expect(summary.counts).toMatchObject({ unaffected: 1, recovered: 1, "lost data": 0, crashed: 0 });
  expect(summary.results.flatMap(({ cassettes }) => cassettes).map(existsSync)).toEqual([true, true]);
});

test("a stopped sweep lists the faults that it did not try, and keeps no cassettes without a folder", async () => {
  const session: SweepSession = await open({
    emit: (event) => {
      if (event.kind === "result") session.stop();
    },
  });
  const { ok, results, notTried } = await session.run();
  expect({ ok, notTried }).toEqual({ ok: false, notTried: ["duplicate-id"] });
  expect(results.flatMap(({ cassettes }) => cassettes).map(existsSync)).toEqual([false]);
});

test("a sweep refuses unknown names and production systems before it dials", async () => {
  await expect(open({ only: "no-such" })).rejects.toMatchObject({ code: "USAGE" });
  await expect(open({ faults: "preset:no-such" })).rejects.toMatchObject({ code: "RULES_INVALID" });
  const csms = new URL("ws://127.0.0.1:9");
  await expect(open({ csms, production: true })).rejects.toMatchObject({
    code: "PRODUCTION_GUARDED",
    message: expect.stringContaining("the sweep would go to 127.0.0.1"),
  });
});
