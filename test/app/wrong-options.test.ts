// Wrong options from a program: each is refused with its name, its value and the fix, before anything is opened.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readCassette } from "../../src/app/cassette.js";
import { csms } from "../../src/app/csms.js";
import { lint } from "../../src/app/lint.js";
import { record } from "../../src/app/record/record.js";
import { replay } from "../../src/app/replay/replay.js";
import { assertReplayPasses } from "../../src/app/testing/assert-replay-passes.js";
import { useCassette } from "../../src/app/testing/use-cassette.js";
import { replayMatchers } from "../../src/app/testing/vitest.js";
import { VcrError } from "../../src/base/errors.js";
import { readRules } from "../../src/rules/language/read-rules.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const sample = "recordings/sample-1.6.cassette";
const embedded = { csms: "embedded", env: {} };

/** Calls a function of the library as a program without types does; gives the message and the hint of its VcrError. */
const refusal = async (
  call: (...given: never[]) => unknown,
  ...given: readonly unknown[]
): Promise<string> => {
  try {
    await Reflect.apply(call, undefined, given);
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
    return `${error.code} ${error.message} | ${error.hint}`;
  }
  return "accepted";
};

test.each([
  [{ cmss: 3 }, /there is no option cmss \(its value is 3\) \| Did you mean csms\?/],
  [{ connectTimeoutMs: -4 }, /connectTimeoutMs is -4; it takes a number of milliseconds above 0/],
  [{ connectTimeoutMs: Number.NaN }, /connectTimeoutMs is NaN/],
  [{ connectTimeoutMs: "5s" }, /connectTimeoutMs is "5s".*Write connectTimeoutMs: 5000\./],
  [{ connectTimeoutMs: null }, /connectTimeoutMs is null/],
  [{ answerTimeoutMs: 0 }, /answerTimeoutMs is 0/],
  [{ seed: 1.5 }, /seed is 1\.5; it takes a whole number from 0 up/],
  [{ rules: 5 }, /rules is 5; it takes the path of a rule file/],
  [{ rulesTtlMs: 9e9 }, /rulesTtlMs is 9000000000/],
  [{ hideHeaders: "X-Key" }, /hideHeaders is "X-Key"; it takes a list/],
  [{ hideHeaders: ["X-Key", 3] }, /hideHeaders\[1\] is 3; it takes a text/],
  [{ onRecordError: "halt" }, /onRecordError is "halt"; it takes "continue" or "stop"/],
  [{ tls: "atuo" }, /tls is "atuo".*Did you mean tls: "auto"\?/],
  [{ onEvent: {} }, /onEvent is an object; it takes a function/],
  [{ signal: {} }, /signal is an object; it takes an AbortSignal/],
  [{ admin: { listn: 0 } }, /there is no option admin\.listn .*Did you mean listen\?/],
  [{ admin: {} }, /it needs the option admin\.listen/],
  [{ listen: 65_536 }, /listen is 65536; it takes a text, or a whole number from 0 to 65535/],
  [{ listen: 1.5 }, /listen is 1\.5/],
  [{ listen: null }, /listen is null/],
  [{ listen: [] }, /listen is an empty list/],
  [{ listen: { port: 0 } }, /it needs the option listen\.host/],
  [{ listen: "nowhere" }, /"nowhere" is not an address/],
  [{ path: "elsewhere" }, /"elsewhere" is not a path rule/],
  [{ constructor: 1 }, /there is no option constructor/],
  [{ csms: 7 }, /csms is 7; it takes the URL of a CSMS/],
  [{ csms: new URL("http://127.0.0.1") }, /does not begin with ws:\/\//],
])("record refuses %o", async (wrong, why) => {
  const onEvent = vi.fn();
  expect(await refusal(record, { ...embedded, onEvent, ...wrong })).toMatch(why);
  expect(await refusal(record, { ...embedded, onEvent, ...wrong })).toMatch(/^USAGE /);
  expect(onEvent).not.toHaveBeenCalled();
});

test.each([
  [[], /^USAGE record: it needs the option csms \| Give csms: the URL of a CSMS/],
  [[{}], /^USAGE record: it needs the option csms/],
  [["ws://127.0.0.1:9"], /^USAGE record: the argument with the options is "ws/],
  [[null], /^USAGE record: the argument with the options is null/],
])("record refuses the arguments %j", async (given, why) => {
  expect(await refusal(record, ...given)).toMatch(why);
});

test.each([
  [{ timout: 3 }, /there is no option timout \(its value is 3\) \| Did you mean timeoutMs\?/],
  [{ pace: "fast" }, /pace is "fast"; it takes "lockstep", "timed" or "asap"/],
  [{ timeoutMs: "5s" }, /timeoutMs is "5s".*Write timeoutMs: 5000\./],
  [{ timeoutMs: 0 }, /timeoutMs is 0/],
  [{ rate: 0, pace: "timed" }, /rate is 0; it takes a number above 0/],
  [{ select: { actions: ["A"] } }, /there is no option select\.actions/],
  [{ select: { only: "Heartbeat" } }, /select\.only is "Heartbeat"; it takes a list/],
  [{ mapIdentity: { CP1: 5 } }, /mapIdentity\.CP1 is 5/],
  [{ csmsConnect: { port: 80 } }, /it needs the option csmsConnect\.host/],
  [{ csms: null }, /csms is null/],
])("replay refuses %j and sends nothing", async (wrong, why) => {
  const onEvent = vi.fn();
  const message = await refusal(replay, sample, { onEvent, ...wrong });
  expect(message).toMatch(/^USAGE replay: /);
  expect(message).toMatch(why);
  expect(onEvent).not.toHaveBeenCalled();
});

test.each([
  [{ interval: -1 }, /interval is -1; it takes a whole number/],
  [{ foo: 1 }, /there is no option foo/],
  [{ listen: -1 }, /listen is -1/],
  [{ listen: null }, /listen is null/],
])("csms refuses %j", async (wrong, why) => {
  expect(await refusal(csms, wrong)).toMatch(why);
});

test.each([
  [{ profile: "weird" }, /profile is "weird"; it takes "field", "spec" or "strict"/],
  [{ profil: "field" }, /Did you mean profile\?/],
  [{ callTimeoutMs: "30s" }, /Write callTimeoutMs: 30000\./],
  [{ suppressions: [{}] }, /it needs the option suppressions\[0\]\.code/],
])("lint refuses %j", async (wrong, why) => {
  expect(await refusal(lint, sample, wrong)).toMatch(why);
});

test.each([
  [undefined, "undefined"],
  [5, "5"],
  ["", '""'],
  [{ foo: 1 }, "an object"],
  [Promise.resolve(), "a promise"],
  [[1], "item 0 of the recording is 1, which is not an entry"],
])("replay and lint refuse the recording %o", async (recording, shown) => {
  for (const call of [replay, lint]) {
    const message = await refusal(call, recording);
    expect(message).toMatch(/^USAGE (replay|lint): .*recording is/);
    expect(message).toContain(shown);
    expect(message).toContain("Give the path of a cassette");
  }
});

test("readCassette refuses what is not a path", async () => {
  expect(await refusal(readCassette)).toMatch(/^USAGE readCassette: path is undefined; it takes a text/);
  expect(await refusal(readCassette, 5)).toMatch(/path is 5/);
});

test.each([
  [{ timeoutMs: 500 }, /there is no option timeoutMs .*Give it in replayOptions\./],
  [{ rules: "x.yaml" }, /there is no option rules .*Give it in recordOptions\./],
  [{ recrod: 1 }, /Did you mean record\?/],
  [{ out: "x" }, /there is no option out/],
  [{ csms: undefined }, /it needs the option csms/],
  [{ replayOptions: { timout: 3 } }, /there is no option replayOptions\.timout/],
  [{ replayOptions: { csms: "embedded" } }, /there is no option replayOptions\.csms .*useCassette/],
  [{ recordOptions: { out: "x" } }, /there is no option recordOptions\.out /],
  [{ recordOptions: { seed: -1 } }, /recordOptions\.seed is -1/],
])("useCassette refuses %j and records nothing", async (wrong, why) => {
  const path = join(temporaryFolder(), "none.cassette");
  const drive = vi.fn();
  const message = await refusal(useCassette, path, { ...embedded, record: drive, ...wrong });
  expect(message).toMatch(/^USAGE useCassette: /);
  expect(message).toMatch(why);
  expect(drive).not.toHaveBeenCalled();
  expect(existsSync(path)).toBe(false);
});

test.each([5, undefined, null, Promise.resolve()])("the assertions refuse %o as a result", async (value) => {
  expect(await refusal(assertReplayPasses, value)).toMatch(/^USAGE the result of a replay is needed/);
  expect(await refusal(replayMatchers.toPassReplay, value)).toMatch(/^USAGE .*await it first/);
});

const rule = { id: "lose", when: { action: "StartTransaction", type: "CALLRESULT" }, then: [{ drop: {} }] };
const content = { version: 1, seed: 3, rules: [rule] } as const;

test("rules are an object like a rule file, its text, or a rule set, and act in the same way", async () => {
  const yaml = JSON.stringify(content);
  for (const rules of [content, { yaml }, readRules(yaml).ruleSet]) {
    const proxy = await record({ csms: "embedded", env: {}, rules });
    expect(proxy.rules.list()).toMatchObject([{ rule: { id: "lose" }, armed: true }]);
    expect(proxy.initialRules?.seed).toBe(3);
    expect((await replay(sample, { csms: proxy.url, timeoutMs: 300 })).verdict).toBe("fail");
    expect((await proxy.close()).faults).toBe(1);
  }
});

test("the rules of a running proxy take an object like a rule file", async () => {
  const proxy = await record({ csms: "embedded", env: {} });
  expect(proxy.rules.add(content)).toEqual(["lose"]);
  expect(await refusal(proxy.rules.replace, { version: 1, rules: [{ id: "x" }] })).toMatch(/^RULES_INVALID/);
  expect(await refusal(proxy.rules.add, 5)).toMatch(/^RULES_INVALID/);
  expect(proxy.rules.list()).toMatchObject([{ rule: { id: "lose" } }]);
  await proxy.close();
});

const circle: { version: 1; rules: object[] } = { version: 1, rules: [] };
circle.rules.push(circle);

test.each([
  [{ version: 1, rules: [{ id: "x" }] }],
  [{ rulez: [] }],
  [{ yaml: 5 }],
  [readRules(JSON.stringify(content))],
  [circle],
])("the wrong rules %o are refused before it listens", async (rules) => {
  const onEvent = vi.fn();
  expect(await refusal(record, { ...embedded, onEvent, rules })).toMatch(/^RULES_INVALID /);
  expect(onEvent).not.toHaveBeenCalled();
});

test("a port number is an address to listen on", async () => {
  const backend = await csms({ listen: 0 });
  for (const listen of [0, [0, "0"], { host: "127.0.0.1", port: 0 }]) {
    const proxy = await record({ csms: new URL(backend.url), env: {}, listen });
    expect(proxy.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    await proxy.close();
  }
  await backend.close();
});

test("an option that is undefined counts as not given", async () => {
  const given = { seed: undefined, pace: undefined, unheard: undefined };
  expect((await replay(sample, given)).verdict).toBe("pass");
});

test("with a signal that has aborted already, nothing begins and its reason is thrown", async () => {
  const signal = AbortSignal.abort();
  await expect(csms({ signal })).rejects.toBe(signal.reason);
  await expect(record({ csms: "embedded", signal })).rejects.toBe(signal.reason);
  await expect(replay(sample, { signal })).rejects.toBe(signal.reason);
});
