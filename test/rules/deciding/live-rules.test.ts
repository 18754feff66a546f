import { describe, expect, test } from "vitest";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { decide, ruleSet, rulesOf } from "../sample.js";

const a = "{ id: a, trigger: { nth: 3 }, then: [ drop: ] }";
const b = "{ id: b, then: [ delay: 1s ] }";
const heartbeat = '[2,"1","Heartbeat",{}]';

const live = (...rules: readonly string[]): LiveRules => {
  const made = new LiveRules({ mayChange: true });
  made.replace(ruleSet(...rules), { armed: true });
  return made;
};

const ids = (rules: LiveRules): readonly string[] => rules.active.map(({ rule }) => rule.id);

describe("the rules of a run", () => {
  test("touch only charge points inside their fence, which lists identities as they are and globs", () => {
    const touched = (fence: readonly string[] | undefined, identity: string | undefined): boolean => {
      const rules = new LiveRules({ mayChange: true, fence });
      rules.replace(ruleSet(b), { armed: true });
      expect(identity !== undefined && rules.touches(identity, "cp-to-csms")).toBe(
        identity !== undefined && rules.mayTouch(identity),
      );
      return rules.mayTouch(identity);
    };
    expect([touched(undefined, "anyone"), touched(undefined, undefined)]).toEqual([true, true]);
    expect([touched(["CP*1", "LAB-*"], "CP*1"), touched(["CP*1", "LAB-*"], "LAB-7")]).toEqual([true, true]);
    expect([touched(["CP1"], "CP10"), touched([], "CP1"), touched(["*"], undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("touch messages by identity and direction", () => {
    const rules = live(
      '{ id: a, when: { identity: { like: "CP-*" }, direction: csms-to-cp }, then: [ drop: ] }',
    );
    expect(rules.touches("CP-1", "csms-to-cp")).toBe(true);
    expect(rules.touches("CP-1", "cp-to-csms")).toBe(false);
    expect(rules.touches("X", "csms-to-cp")).toBe(false);
    expect(live(a).touches("X", "cp-to-csms")).toBe(true);
    expect(LiveRules.armed(rulesOf("version: 1\nrules: []")).touches("X", "cp-to-csms")).toBe(false);
  });

  test("keep what an unchanged rule has counted, through any number of replacements", () => {
    const rules = live(a);
    const decider = createDecider(rules, 1);
    const acts = (): number => decide(decider, heartbeat).applied.length;
    expect([acts(), acts()]).toEqual([0, 0]);
    rules.replace(ruleSet(a, b), { armed: false });
    rules.replace(ruleSet(a, b), { armed: false });
    expect(ids(rules)).toEqual(["a"]);
    expect(acts()).toBe(1);
    expect(
      rules.list().map(({ rule, armed, matched, applied }) => [rule.id, armed, matched, applied]),
    ).toEqual([
      ["a", true, 3, 1],
      ["b", false, 0, 0],
    ]);
  });

  test("start to count again for another rule under the same id", () => {
    const rules = live(a);
    const decider = createDecider(rules, 1);
    const acts = (): number => decide(decider, heartbeat).applied.length;
    acts();
    rules.replace(ruleSet("{ id: a, trigger: { nth: 2 }, then: [ drop: ] }"), { armed: true });
    expect([acts(), acts()]).toEqual([0, 1]);
  });

  test("change their generation with every change and with nothing else", () => {
    const rules = live(a, b);
    const seen = [rules.generation];
    const record = (what: () => unknown): void => {
      what();
      seen.push(rules.generation);
    };
    record(() => rules.replace(ruleSet(a, b), { armed: false }));
    record(() => rules.arm("a"));
    record(() => rules.disarm("a"));
    record(() => rules.arm("nobody"));
    record(() => rules.disarmAll());
    record(() => rules.disarmAll());
    record(() => rules.remove("b"));
    record(() => rules.remove("b"));
    expect(seen.map((one) => one - (seen[0] ?? 0))).toEqual([0, 0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test("report once that a rule is not armed, whatever disarmed it, and at once where it never was", () => {
    const ways: readonly ((rules: LiveRules) => void)[] = [
      (rules) => void rules.disarm("a"),
      (rules) => rules.disarmAll(),
      (rules) => void rules.remove("a"),
      (rules) => rules.replace(ruleSet("{ id: b, then: [ drop: ] }"), { armed: true }),
    ];
    for (const way of ways) {
      const rules = LiveRules.armed(ruleSet("{ id: a, then: [ drop: ] }", "{ id: b, then: [ drop: ] }"));
      const reported: string[] = [];
      rules.onceDisarmed("a", () => reported.push("a"));
      const cancel = rules.onceDisarmed("a", () => reported.push("cancelled"));
      cancel();
      rules.disarm("b");
      expect(reported).toEqual([]);
      way(rules);
      expect(reported).toEqual(["a"]);
      rules.arm("a");
      rules.disarmAll();
      expect(reported).toEqual(["a"]);
      rules.onceDisarmed("nobody", () => reported.push("at once"));
      expect(reported).toEqual(["a", "at once"]);
    }
  });

  test("replace the rule with the same id, or put a new one after the others", () => {
    const rules = live(a, b);
    const [other] = ruleSet("{ id: a, then: [ drop: ] }").rules;
    const [third] = ruleSet("{ id: c, then: [ drop: ] }").rules;
    if (other === undefined || third === undefined) throw new Error("no rules");
    rules.put(third, { armed: true });
    rules.put(other, { armed: true });
    expect(ids(rules)).toEqual(["a", "b", "c"]);
    expect([rules.remove("b"), rules.remove("b"), rules.disarm("x")]).toEqual([true, false, false]);
    expect(ids(rules)).toEqual(["a", "c"]);
  });

  test("give a rule the same draws, whenever it is armed", () => {
    const late = "{ id: x, trigger: { probability: 0.5 }, then: [ drop: ] }";
    const draws = (armAt: number): readonly (number | null)[] => {
      const rules = new LiveRules({ mayChange: true });
      rules.replace(ruleSet(late), { armed: false });
      const decider = createDecider(rules, 9);
      const found: (number | null)[] = [];
      for (let i = 0; i < 40; i++) {
        if (i === armAt) rules.arm("x");
        const [applied] = decide(decider, heartbeat).applied;
        found.push(applied?.draw ?? null);
      }
      return found;
    };
    expect(draws(10).slice(10)).toEqual(draws(0).slice(10));
    expect(
      draws(10)
        .slice(0, 10)
        .every((one) => one === null),
    ).toBe(true);
  });
});
