// Nobody outside the list is touched, at any point where rules act.
import { describe, expect, test } from "vitest";
import type { RuledMessage } from "../../../src/rules/contract/ruled-message.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { FencedRules, fenced, isWithin } from "../../../src/rules/deciding/identity-fence.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

const { ruleSet } = readRules("version: 1\nrules: [ { id: r, then: [ { drop: {} } ] } ]\n");

const message = (identity: string): RuledMessage => ({
  at: 0,
  identity,
  ordinal: 1,
  version: "1.6",
  direction: "cp-to-csms",
  type: "CALL",
  id: "1",
  action: "Heartbeat",
  payload: () => undefined,
});

describe("a fence", () => {
  test("takes identities as they are and globs", () => {
    expect(isWithin(undefined, "anyone")).toBe(true);
    expect(isWithin(["CP*1", "LAB-*"], "CP*1")).toBe(true);
    expect(isWithin(["CP*1", "LAB-*"], "LAB-7")).toBe(true);
    expect(isWithin(["CP1"], "CP10")).toBe(false);
    expect(isWithin([], "CP1")).toBe(false);
  });

  test("lets no rule touch, decide or meet anything outside", () => {
    const rules = new FencedRules(["LAB-*"]);
    if (ruleSet !== undefined) rules.replace(ruleSet, { armed: true });
    const decider = fenced(createDecider(rules, 1), ["LAB-*"]);
    expect([rules.touches("LAB-1", "cp-to-csms"), rules.touches("CP1", "cp-to-csms")]).toEqual([true, false]);
    expect(["LAB-1", "CP1", undefined].map((one) => rules.mayTouch(one))).toEqual([true, false, false]);
    expect(new FencedRules(undefined).mayTouch(undefined)).toBe(true);
    const view = { direction: "cp-to-csms", frames: [] } as const;
    expect(decider.decide(message("LAB-1"), view).applied).toHaveLength(1);
    expect(decider.meet(message("LAB-1")).applied).toHaveLength(1);
    expect(decider.decide(message("CP1"), view).applied).toEqual([]);
    expect(decider.meet(message("CP1")).applied).toEqual([]);
    decider.passing(message("LAB-1"));
    decider.forget("LAB-1", 1);
    const plain = createDecider(rules, 1);
    expect(fenced(plain, undefined)).toBe(plain);
  });
});
