import { describe, expect, test } from "vitest";
import type { DecidedType } from "../../../src/ocpp/envelope/message-type.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { RuleIndex, type RuleIndexEntry } from "../../../src/rules/deciding/rule-index.js";
import { indexOf, ruledMessage, ruleSet } from "../sample.js";

const entryOf = (
  index: RuleIndex,
  action: string | undefined,
  { identity = "CP1", type = "CALL" }: { identity?: string; type?: DecidedType } = {},
): RuleIndexEntry => {
  const lane = index.forLane({ identity, direction: "cp-to-csms", ordinal: 1, version: "1.6" });
  return index.entry(lane, type, action);
};

const shown = ({ rules }: RuleIndexEntry) => rules.map(({ rule, checks }) => [rule.id, checks.length]);

describe("an entry of the rule index", () => {
  test("holds the rules that can match, in their order, each with what is still to be checked", () => {
    const index = indexOf(
      "{ id: a, when: { action: Heartbeat }, then: [ drop: ] }",
      "{ id: b, when: { action: Heart*, path: { /x: 1 }, state: { booted: true } }, then: [ drop: ] }",
      "{ id: c, when: { action: Reset }, then: [ drop: ] }",
      "{ id: t, trigger: { idle: 1s }, then: [ close: ] }",
    );
    expect(shown(entryOf(index, "Heartbeat"))).toEqual([
      ["a", 0],
      ["b", 2],
    ]);
    expect(shown(entryOf(index, undefined))).toEqual([]);
    expect(index.timed("CP1").map(({ rule }) => rule.id)).toEqual(["t"]);
  });

  test("holds the rules that act on messages, or those that act on control frames", () => {
    const index = indexOf("{ id: m, then: [ drop: ] }", "{ id: p, then: [ drop-ping: ] }");
    expect(shown(entryOf(index, "Heartbeat"))).toEqual([["m", 0]]);
    expect(shown(entryOf(index, undefined, { type: "ping" }))).toEqual([["p", 0]]);
  });

  test("is shared by all charge points and actions for which it is the same", () => {
    const index = indexOf(
      "{ id: a, when: { path: { /x: 1 } }, then: [ drop: ] }",
      "{ id: b, when: { identity: CP2, action: Reset }, then: [ drop: ] }",
    );
    const one = entryOf(index, "Heartbeat");
    expect(entryOf(index, "Heartbeat", { identity: "CP9" })).toBe(one);
    expect(entryOf(index, "MeterValues", { identity: "CP2" })).toBe(one);
    expect(shown(entryOf(index, "Reset", { identity: "CP2" }))).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
  });

  test("knows whether one of its rules looks at earlier messages", () => {
    const index = indexOf(
      "{ id: a, when: { action: Heartbeat }, then: [ replay-earlier: ] }",
      "{ id: b, then: [ drop: ] }",
    );
    expect([entryOf(index, "Heartbeat").recalls, entryOf(index, "Reset").recalls]).toEqual([true, false]);
  });

  test("checks of a message what is still open, and nothing else", () => {
    const index = indexOf(
      "{ id: one, when: { path: { /x: 1, /y/0: { exists: true } } }, then: [ drop: ] }",
      "{ id: two, when: { path: { /x: 2 } }, then: [ drop: ] }",
    );
    const { rules } = entryOf(index, "Heartbeat");
    const holding = (payload: string): readonly string[] => {
      const message = ruledMessage(`[2,"1","Heartbeat",${payload}]`);
      return rules.filter(({ checks }) => checks.every((holds) => holds(message))).map(({ rule }) => rule.id);
    };
    expect(holding('{"x":1,"y":[0]}')).toEqual(["one"]);
    expect(holding('{"x":1,"y":[]}')).toEqual([]);
    expect(holding('{"x":2}')).toEqual(["two"]);
  });

  test("holds no rule for a charge point outside the fence, neither for messages nor by the clock", () => {
    const rules = new LiveRules({ mayChange: true, fence: ["LAB-*"] });
    const timed = "{ id: t, trigger: { idle: 1s }, then: [ close: ] }";
    rules.replace(ruleSet("{ id: a, then: [ drop: ] }", timed), { armed: true });
    const index = new RuleIndex(rules);
    const heldFor = (identity: string): number =>
      entryOf(index, "Heartbeat", { identity }).rules.length + index.timed(identity).length;
    expect([heldFor("LAB-1"), heldFor("CP1")]).toEqual([2, 0]);
  });
});

test("a fault that a rule uses twice draws under two names", () => {
  const index = indexOf("{ id: a, then: [ { delay: 1s }, { duplicate: }, { delay: 1s } ] }");
  const [rule] = entryOf(index, "Heartbeat").rules;
  expect(rule?.slots).toEqual(["delay", "duplicate", "delay#2"]);
});
