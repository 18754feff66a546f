// Cassettes in tests: recorded once, replayed ever after; the matcher, and its twin for other runners.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { csms } from "../../../src/app/csms.js";
import { replay } from "../../../src/app/replay/replay.js";
import { assertReplayPasses, useCassette } from "../../../src/app/testing/vitest.js";
import { startRpcCsms } from "../../support/peers/rpc-peers.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

const sample = "recordings/sample-1.6.cassette";
const env = {};
let backend = "";

beforeAll(async () => {
  const started = await csms();
  backend = started.url;
  return () => started.close();
});

const drive = () => vi.fn(async ({ url }: { url: string }) => void (await replay(sample, { csms: url })));

test("a missing cassette is recorded and replayed, one that exists is only replayed", async () => {
  const path = join(temporaryFolder(), "below", "session.cassette");
  const charger = drive();
  const first = await useCassette(path, { csms: backend, record: charger, env });
  const second = await useCassette(path, { csms: backend, record: charger, env });
  expect(charger).toHaveBeenCalledTimes(1);
  expect([first.isNew, second.isNew]).toEqual([true, false]);
  expect(first).toPassReplay();
  expect(second).toPassReplay();
  const again = await useCassette(path, { csms: backend, record: charger, env: { OCPP_VCR_RECORD: "1" } });
  expect(again.isNew).toBe(true);
});

test("a cassette of one CSMS is replayed to another", async () => {
  const rpc = await startRpcCsms({ strict: true, firstId: 500, calls: false });
  const path = join(temporaryFolder(), "session.cassette");
  await useCassette(path, { csms: backend, record: drive(), env });
  const result = await useCassette(path, { csms: rpc.url, env });
  expect(rpc.received).toContain("StartTransaction");
  expect(result.comparisons.length).toBeGreaterThan(5);
});

test.each([
  [{ CI: "true" }, "FILE_UNREADABLE"],
  [{ OCPP_VCR_RECORD: "0" }, "FILE_UNREADABLE"],
])("with %j a missing cassette is an error, and nothing is recorded", async (variables, code) => {
  const path = join(temporaryFolder(), "none.cassette");
  const charger = drive();
  await expect(useCassette(path, { csms: backend, record: charger, env: variables })).rejects.toMatchObject({
    code,
  });
  expect(charger).not.toHaveBeenCalled();
  expect(existsSync(path)).toBe(false);
});

test("a recording without a charge point, or with two, is an error and leaves no cassette", async () => {
  const path = join(temporaryFolder(), "none.cassette");
  const record = (act: (url: string) => Promise<unknown>) =>
    useCassette(path, { csms: backend, record: async ({ url }) => void (await act(url)), env });
  await expect(record(async () => undefined)).rejects.toMatchObject({ code: "USAGE" });
  const two = async (csmsUrl: string) => {
    await replay(sample, { csms: csmsUrl, identity: "A" });
    await replay(sample, { csms: csmsUrl, identity: "B" });
  };
  await expect(record(two)).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining("A, B"),
  });
  expect(existsSync(path)).toBe(false);
});

test("a failed replay fails the assertion with what was recorded and what came", async () => {
  const started = await csms({ interval: 7 });
  onTestFinished(() => started.close());
  const result = await replay(sample, { csms: started.url });
  const text = /different: CALLRESULT BootNotification[\s\S]*\/interval: recorded \S+, now 7/;
  expect(() => assertReplayPasses(result)).toThrow(text);
  expect(() => expect(result).toPassReplay()).toThrow(text);
  expect(result).not.toPassReplay();
});
