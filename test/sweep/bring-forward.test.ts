import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readRules } from "../../src/rules/language/read-rules.js";
import type { Rule, RuleSet } from "../../src/rules/language/rule-set.js";
import { bringForward } from "../../src/sweep/bring-forward.js";

const dialogue = {
  version: "1.6",
  actions: new Set(["StartTransaction", "MeterValues", "StopTransaction"]),
} as const;
const dialogue2 = { version: "2.0.1", actions: new Set(["TransactionEvent"]) } as const;

const read = (text: string): RuleSet => {
  const { ruleSet } = readRules(text);
  if (ruleSet === undefined) throw new Error("the rules are right");
  return ruleSet;
};

const forward = (rule: string, of: Parameters<typeof bringForward>[2] = dialogue): Rule | undefined => {
  const ruleSet = read(
    `version: 1\nseed: 9\nrules: [ { id: a, ${rule} }, { id: b, then: [ { drop: {} } ] } ]\n`,
  );
  const [first] = ruleSet.rules;
  const made = first && bringForward(ruleSet, first, of);
  expect(made?.rules.length ?? 1).toBe(1);
  expect(made?.seed ?? 9).toBe(9);
  return made?.rules[0];
};

test("a late message becomes the first one of a transaction", () => {
  const rule = forward(
    "when: { direction: cp-to-csms, type: CALL }, trigger: { nth: 30, per: all }, then: [ { bad-rsv: { bits: rsv2 } } ]",
  );
  expect(rule?.trigger).toMatchObject({ nth: 1, per: "identity" });
  expect(rule?.when.actions).toEqual(["StartTransaction"]);
  expect(rule?.faults).toMatchObject([{ fault: { name: "bad-rsv" }, settings: { bits: "rsv2" } }]);
});

test.each([
  "when: { action: Heartbeat }, trigger: { after: 4 }, then: [ { drop: {} } ]",
  "when: { direction: csms-to-cp, type: CALL }, trigger: { probability: 0.1 }, then: [ { drop: {} } ]",
  "when: { path: { /reason: Local } }, trigger: { every: 9 }, then: [ { drop: {} } ]",
])(
  "a rule that is brought forward keeps its conditions on messages, and acts on the first match: %s",
  (text) => {
    const before = read(`version: 1\nrules: [ { id: a, ${text} } ]\n`).rules[0];
    const after = forward(text);
    expect(after?.when).toEqual(before?.when);
    expect(after?.trigger).toMatchObject({
      nth: 1,
      every: undefined,
      after: undefined,
      probability: undefined,
    });
  },
);

test("a rule that is brought forward does not wait for later connections or times, and gets no trigger if it has none", () => {
  const rule = forward(
    'when: { identity: { like: "CP-*" }, connection: { gte: 3 }, window: { from: 1h }, clock: { from: "22:00", to: "06:00" } }, then: [ { clock-skew: { by: -1h } } ]',
  );
  expect(rule?.when).toMatchObject({
    identities: [{ kind: "like", glob: "CP-*" }],
    connection: undefined,
    window: undefined,
    clock: undefined,
    actions: undefined,
  });
  expect(rule?.trigger.nth).toBeUndefined();
});

test.each([
  ["trigger: { idle: 4m }, then: [ { blackhole: { timeout: 0 } } ]", "blackhole"],
  ["trigger: { schedule: { at: 1m }, times: 1 }, then: [ { down: { for: 2m, scope: all } } ]", "down"],
  ["trigger: { after: 1, first: 3 }, then: [ { reset-peer: { after: 4s } } ]", "reset-peer"],
])("a timed rule or one about connections is brought forward to a running transaction: %s", (text, name) => {
  const rule = forward(text);
  expect(rule?.point).toBe("message");
  expect(rule?.when).toMatchObject({
    direction: "cp-to-csms",
    types: ["CALL"],
    actions: ["MeterValues", "StopTransaction"],
  });
  expect(rule?.faults[0]?.fault.name).toBe(name);
  if (name === "reset-peer") expect(rule?.faults[0]?.settings).toMatchObject({ after: 0 });
  expect(forward(text, dialogue2)?.trigger).toMatchObject({ nth: 2, per: "identity" });
});

test("bringing a rule forward keeps the characters of texts and the digits of numbers", () => {
  const value = 'a: "b"\\n# c {d}';
  const rule = forward(
    `trigger: { nth: 3 }, then: [ { set: { path: "/a:b", value: ${JSON.stringify(value)} } }, { set: { path: /c, value: 12.50 } } ]`,
  );
  const before = read(
    `version: 1\nrules: [ { id: a, then: [ { set: { path: "/a:b", value: ${JSON.stringify(value)} } }, { set: { path: /c, value: 12.50 } } ] } ]\n`,
  );
  expect(rule?.faults).toEqual(before.rules[0]?.faults);
});

test.each([
  'when: { version: "2.0.1" }, trigger: { nth: 3 }, then: [ { drop: {} } ]',
  "trigger: { nth: 3 }, then: [ { drop-ping: {} } ]",
  "trigger: { nth: 3 }, then: [ { tls-stall: {} } ]",
])("a rule that could not act anyway is not brought forward: %s", (text) => {
  expect(forward(text)).toBeUndefined();
});

test("the rules of all presets can be brought forward as text, and keep their ids and faults", () => {
  const folder = new URL("../../examples/faults/", import.meta.url);
  let count = 0;
  for (const name of readdirSync(folder)) {
    const ruleSet = read(readFileSync(new URL(name, folder), "utf8"));
    for (const rule of ruleSet.rules) {
      const made = bringForward(ruleSet, rule, dialogue);
      if (made === undefined) continue;
      count++;
      expect(read(made.source).rules).toEqual(made.rules);
      expect(made.rules.map(({ id }) => id)).toEqual([rule.id]);
      expect(made.rules[0]?.faults.map(({ fault }) => fault)).toEqual(rule.faults.map(({ fault }) => fault));
    }
  }
  expect(count).toBeGreaterThan(20);
});
