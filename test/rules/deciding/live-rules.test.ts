import { describe, expect, test } from "vitest";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { message, ruledMessage, ruleSet, rulesOf } from "../sample.js";

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
    const say = (): number => decider.decide(ruledMessage(heartbeat), message(heartbeat)).applied.length;
    expect([say(), say()]).toEqual([0, 0]);
    rules.replace(ruleSet(a, b), { armed: false });
    rules.replace(ruleSet(a, b), { armed: false });
    expect(ids(rules)).toEqual(["a"]);
    expect(say()).toBe(1);
    expect(
      rules.list().map(({ rule, armed, matched, applied }) => [rule.id, armed, matched, applied]),
    ).toEqual([
      ["a", true, 3, 1],
      ["b", false, 0, 0],
    ]);
  });

  test("begin anew with a rule that is another under the same id", () => {
    const rules = live(a);
    const decider = createDecider(rules, 1);
    const say = (): number => decider.decide(ruledMessage(heartbeat), message(heartbeat)).applied.length;
    say();
    rules.replace(ruleSet("{ id: a, trigger: { nth: 2 }, then: [ drop: ] }"), { armed: true });
    expect([say(), say()]).toEqual([0, 1]);
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

  test("tell once that a rule acts no more, however it came to that, and at once where it does not act", () => {
    const ways: readonly ((rules: LiveRules) => void)[] = [
      (rules) => void rules.disarm("a"),
      (rules) => rules.disarmAll(),
      (rules) => void rules.remove("a"),
      (rules) => rules.replace(ruleSet("{ id: b, then: [ drop: ] }"), { armed: true }),
    ];
    for (const way of ways) {
      const rules = LiveRules.armed(ruleSet("{ id: a, then: [ drop: ] }", "{ id: b, then: [ drop: ] }"));
      const told: string[] = [];
      rules.onceDisarmed("a", () => told.push("a"));
      const forget = rules.onceDisarmed("a", () => told.push("forgotten"));
      forget();
      rules.disarm("b");
      expect(told).toEqual([]);
      way(rules);
      expect(told).toEqual(["a"]);
      rules.arm("a");
      rules.disarmAll();
      expect(told).toEqual(["a"]);
      rules.onceDisarmed("nobody", () => told.push("at once"));
      expect(told).toEqual(["a", "at once"]);
    }
  });

  test("put a rule in the place of the one with its id, or behind the others", () => {
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

  test("make no difference to the draws of a rule when it is armed late", () => {
    const late = "{ id: x, trigger: { probability: 0.5 }, then: [ drop: ] }";
    const draws = (armAt: number): readonly (number | null)[] => {
      const rules = new LiveRules({ mayChange: true });
      rules.replace(ruleSet(late), { armed: false });
      const decider = createDecider(rules, 9);
      const found: (number | null)[] = [];
      for (let i = 0; i < 40; i++) {
        if (i === armAt) rules.arm("x");
        const [applied] = decider.decide(ruledMessage(heartbeat), message(heartbeat)).applied;
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
