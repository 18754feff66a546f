// A replay in a program: its result, its options, and what it refuses.
import { expect, onTestFinished, test } from "vitest";
import { readCassette } from "../../../src/app/cassette.js";
import { csms } from "../../../src/app/csms.js";
import { replay } from "../../../src/app/replay/replay.js";

const sample = "recordings/sample-1.6.cassette";

test("a cassette, its path and its entries are replayed alike", async () => {
  const cassette = await readCassette(sample);
  const options = { run: 1, time: "keep" } as const;
  const results = [
    await replay(sample, options),
    await replay(cassette, options),
    await replay(cassette.entries, options),
  ];
  expect(results.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass"]);
  expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect(results[0]).toMatchObject({
    cassette: sample,
    identity: "SAMPLE-16",
    failures: [],
    run: 1,
    seed: 0,
  });
  expect(results[0]?.comparisons.length).toBeGreaterThan(5);
});

test("the identity and payloads can be others at the target", async () => {
  const seen: string[] = [];
  const backend = await csms({
    onEvent: (event) => {
      if (event.kind === "received") seen.push(`${event.identity} ${event.text}`);
    },
  });
  onTestFinished(() => backend.close());
  const set = { BootNotification: { "/chargePointModel": "Lab" } };
  await replay(sample, { csms: backend.url, mapIdentity: { "*": "LAB-{n}" }, set });
  expect(seen[0]).toMatch(/^LAB-1 .*"chargePointModel":"Lab"/);
});

test("only the selected part is replayed", async () => {
  const whole = await replay(sample);
  const part = await replay(sample, { select: { only: ["BootNotification"] }, prologue: "none" });
  expect(part.verdict).toBe("pass");
  expect(part.comparisons.length).toBeLessThan(whole.comparisons.length);
});

test("a CSMS that cannot be reached gives the verdict error, and says why", async () => {
  const result = await replay(sample, { csms: "ws://127.0.0.1:9" });
  expect(result).toMatchObject({ verdict: "error", reason: expect.stringContaining("ECONNREFUSED") });
});

test("an aborted replay ends with the verdict interrupted", async () => {
  const stop = new AbortController();
  const result = await replay(sample, {
    signal: stop.signal,
    onEvent: ({ kind }) => void (kind === "begin" && stop.abort()),
  });
  expect(result.verdict).toBe("interrupted");
  await expect(replay(sample, { signal: stop.signal })).rejects.toBe(stop.signal.reason);
});

test("what cannot be replayed, and where it must not go, is refused with its code", async () => {
  await expect(replay("none.cassette")).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  await expect(replay([])).rejects.toMatchObject({ code: "CASSETTE_DAMAGED" });
  await expect(replay(sample, { rate: 2 })).rejects.toMatchObject({ code: "USAGE" });
  await expect(replay(sample, { csms: "http://x" })).rejects.toMatchObject({ code: "USAGE" });
  await expect(replay(sample, { csms: "ws://127.0.0.1:9", production: true })).rejects.toMatchObject({
    code: "PRODUCTION_GUARDED",
  });
});
