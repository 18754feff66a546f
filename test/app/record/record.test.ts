// A recording proxy in a program: its entries and messages, its controls, and its end.
import { readdirSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { readCassette } from "../../../src/app/cassette.js";
import { csms } from "../../../src/app/csms.js";
import { lint } from "../../../src/app/lint.js";
import { record } from "../../../src/app/record/record.js";
import type { RecordEvent } from "../../../src/app/record/record-events.js";
import type { RecordOptions } from "../../../src/app/record/record-options.js";
import type { RecordingProxy } from "../../../src/app/record/recording-proxy.js";
import { replay } from "../../../src/app/replay/replay.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const sample = "recordings/sample-1.6.cassette";

const start = async (options: Partial<RecordOptions> = {}): Promise<RecordingProxy> => {
  const proxy = await record({ csms: "embedded", env: {}, ...options });
  onTestFinished(() => void proxy.close());
  return proxy;
};

test("entries and messages come to loops as they are recorded, and the loops end with the proxy", async () => {
  const proxy = await start();
  const kinds: string[] = [];
  const actions: (string | null)[] = [];
  const entries = (async () => {
    for await (const { identity, entry } of proxy.entries) kinds.push(`${identity} ${entry.kind}`);
  })();
  const messages = (async () => {
    for await (const { action, type } of proxy.messages) if (type === "CALL") actions.push(action);
  })();
  expect((await replay(sample, { csms: proxy.url })).verdict).toBe("pass");
  const summary = await proxy.close();
  await Promise.all([entries, messages]);
  expect(kinds[0]).toBe("SAMPLE-16 session");
  expect(kinds).toContain("SAMPLE-16 connection-closed");
  expect(actions).toContain("StartTransaction");
  expect(summary).toMatchObject({ cassettes: [], faults: 0, isComplete: true });
});

test("a folder gets a cassette for each charge point and nothing else", async () => {
  const out = temporaryFolder();
  const proxy = await start({ out });
  await replay(sample, { csms: proxy.url });
  const { cassettes } = await proxy.close();
  expect(readdirSync(out)).toEqual(["SAMPLE-16"]);
  expect(cassettes).toHaveLength(1);
  const cassette = await readCassette(cassettes[0] ?? "");
  expect(cassette).toMatchObject({ identity: "SAMPLE-16", state: "whole", issues: [] });
  expect(await lint(cassette)).toEqual(await lint(cassettes[0] ?? ""));
});

test("rules are added, armed and disarmed while it runs, and act", async () => {
  const events: RecordEvent[] = [];
  const proxy = await start({ onEvent: (event) => events.push(event) });
  const yaml =
    "version: 1\nrules: [ { id: lose, when: { action: StartTransaction, type: CALLRESULT }, then: [ drop: {} ] } ]\n";
  expect(proxy.rules.add(yaml)).toEqual(["lose"]);
  expect(proxy.rules.list()).toMatchObject([{ rule: { id: "lose" }, armed: false }]);
  expect(proxy.rules.arm("lose")).toEqual(["lose"]);
  const lost = await replay(sample, { csms: proxy.url, timeoutMs: 500 });
  expect(lost.verdict).toBe("fail");
  expect(proxy.rules.disarm()).toEqual(["lose"]);
  expect((await replay(sample, { csms: proxy.url })).verdict).toBe("pass");
  expect((await proxy.close()).faults).toBe(1);
  expect(events.flatMap((event) => (event.kind === "rules" ? [event.change.code] : []))).toEqual([
    "rules-changed",
    "rules-armed",
    "rules-disarmed",
  ]);
});

test("wrong rules and unknown ids are refused with their codes", async () => {
  const proxy = await start();
  expect(() => proxy.rules.add("version: 1\nrules: [ { id: x } ]\n")).toThrow(
    expect.objectContaining({ code: "RULES_INVALID" }),
  );
  expect(() => proxy.rules.arm("none")).toThrow(expect.objectContaining({ code: "USAGE" }));
  await expect(record({ csms: "embedded", rules: { yaml: "rules: 1" } })).rejects.toMatchObject({
    code: "RULES_INVALID",
  });
});

test("an open connection can be closed, and its cassette says who did it", async () => {
  const proxy = await start();
  const notes: string[] = [];
  const watching = (async () => {
    for await (const { entry } of proxy.entries) {
      if (entry.kind === "note") notes.push(entry.message);
      if (entry.kind === "frame") for (const open of proxy.connections) open.close(1001, "enough");
    }
  })();
  expect((await replay(sample, { csms: proxy.url, timeoutMs: 500 })).verdict).not.toBe("pass");
  await proxy.close();
  await watching;
  expect(notes.join()).toContain("the program");
});

test("closing twice gives the same summary, and an aborted signal closes it", async () => {
  const stop = new AbortController();
  const proxy = await start({ signal: stop.signal });
  stop.abort();
  const summary = await proxy.closed;
  expect(await proxy.close()).toBe(summary);
  await expect(record({ csms: "embedded", signal: stop.signal })).rejects.toBe(stop.signal.reason);
});

test("a CSMS marked production takes no rules before its host is named", async () => {
  const backend = await csms();
  onTestFinished(() => backend.close());
  const quiet = await start({ csms: backend.url, production: true });
  expect(() => quiet.rules.add("version: 1\nrules: []\n")).toThrow(
    expect.objectContaining({ code: "USAGE" }),
  );
  const rules = { yaml: "version: 1\nrules: [ { id: a, then: [ drop: {} ] } ]\n" };
  await expect(record({ csms: backend.url, production: true, rules })).rejects.toMatchObject({
    code: "PRODUCTION_GUARDED",
  });
});
