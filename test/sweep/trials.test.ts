// What a sweep tries.
import { describe, expect, test } from "vitest";
import type { OcppVersion } from "../../src/ocpp/version.js";
import { faults } from "../../src/rules/faults/registry.js";
import { readRules } from "../../src/rules/language/read-rules.js";
import type { Rule } from "../../src/rules/language/rule-set.js";
import { catalogueTrials, ruleTrials, type Trial } from "../../src/sweep/trials.js";

const dialogues: readonly [OcppVersion, readonly string[]][] = [
  ["1.6", ["BootNotification", "StartTransaction", "MeterValues", "StopTransaction"]],
  ["2.0.1", ["BootNotification", "TransactionEvent"]],
  ["1.6", ["Heartbeat"]],
];

describe("the trials of the catalogue", () => {
  test.each(dialogues)(
    "the trials of the catalogue contain or leave out every fault (%s, %j)",
    (version, actions) => {
      const { trials, leftOut } = catalogueTrials({ version, actions: new Set(actions) });
      const named = [...trials, ...leftOut].map(({ name }) => name).sort();
      expect(named).toEqual(faults.map(({ name }) => name).sort());
      for (const { name, ruleSet } of trials) expect(ruleSet.rules.map(({ id }) => id)).toEqual([name]);
    },
  );

  test("the catalogue leaves out what a CSMS cannot notice, with the reason", () => {
    const { leftOut } = catalogueTrials({ version: "1.6", actions: new Set() });
    const names = leftOut.map(({ name }) => name);
    expect(names).toContain("masked-from-server");
    expect(faults.filter(({ layer }) => layer === "tls").every(({ name }) => names.includes(name))).toBe(
      true,
    );
    expect(leftOut.every(({ why }) => why !== "")).toBe(true);
  });

  test("trials act on a running transaction, on pings of the right side, and on several messages if needed", () => {
    const { trials } = catalogueTrials({ version: "2.0.1", actions: new Set(["TransactionEvent"]) });
    const of = (name: string): Trial | undefined => trials.find((trial) => trial.name === name);
    const ruleOf = (name: string): Rule | undefined => of(name)?.ruleSet.rules[0];
    expect(ruleOf("reset-peer")?.trigger.nth).toBe(2);
    expect(ruleOf("meter-backwards")?.when.paths.map(({ pointer }) => pointer)).toEqual(["/meterValue"]);
    expect(ruleOf("drop-ping")?.when.direction).toBe("csms-to-cp");
    expect(trials.filter(({ needsPipelining }) => needsPipelining).map(({ name }) => name)).toEqual([
      "reorder",
      "out-of-order-calls",
    ]);
    expect(of("drop-pong")?.unmet).toBe("the CSMS sent no ping during the replay");
  });

  test("trials know for which frames a CSMS must close the connection", () => {
    const { trials } = catalogueTrials({ version: "1.6", actions: new Set() });
    const fatal = trials.filter(({ mustClose }) => mustClose).map(({ name }) => name);
    expect(fatal).toContain("invalid-utf8");
    expect(fatal).not.toContain("fragment");
  });
});

test("the trials of a file contain each of its rules alone, except TLS rules", () => {
  const { ruleSet } = readRules(
    "version: 1\nrules:\n  - id: a\n    then: [ { drop: {} } ]\n  - id: b\n    then: [ { delay: { ms: 1s } } ]\n  - id: c\n    then: [ { tls-stall: {} } ]\n",
  );
  if (ruleSet === undefined) throw new Error("the rules are right");
  const { trials, leftOut } = ruleTrials(ruleSet, { version: "1.6", actions: new Set() });
  expect(trials.map(({ ruleSet: { rules } }) => rules.map(({ id }) => id))).toEqual([["a"], ["b"]]);
  expect(leftOut.map(({ name }) => name)).toEqual(["c"]);
});
