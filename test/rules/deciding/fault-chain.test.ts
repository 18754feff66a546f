import { expect, test } from "vitest";
import { act, begin, effectOf, slotsOf } from "../../../src/rules/deciding/fault-chain.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { message, ruledMessage, ruleSet } from "../sample.js";

const call = '[2,"1","Heartbeat",{}]';

const run = (then: string, isCompressed = false) => {
  const [live] = LiveRules.armed(ruleSet(`{ id: a, then: [ ${then} ] }`)).active;
  if (live === undefined) throw new Error("no rule");
  const { rule } = live;
  const course = begin(message(call));
  const scene = {
    message: ruledMessage(call),
    recall: { callId: undefined, earlier: () => undefined },
    view: { ...message(call), isCompressed },
  };
  const slots = slotsOf(rule.faults);
  act({ live, rule, slots, recalls: false }, { draw: null }, 1, () => 0.5, scene, course);
  return course;
};

test("the same fault twice in a rule draws under two names", () => {
  const [rule] = ruleSet("{ id: a, then: [ { delay: 1s }, { duplicate: }, { delay: 1s } ] }").rules;
  expect(slotsOf(rule?.faults ?? [])).toEqual(["delay", "duplicate", "delay#2"]);
});

test("delays add up, copies multiply, and a final fault ends the course", () => {
  const course = run("{ delay: 100ms }, { duplicate: { times: 1 } }, { delay: 50ms }, { drop: }");
  expect(effectOf(course)).toMatchObject({ delayMs: 150, copies: [], changed: true });
  expect([course.over, course.applied.length]).toEqual([true, 4]);
});

test("a compressed message passes what would break those behind it, and the rule is named", () => {
  const course = run("{ drop: }", true);
  expect([course.hindered, course.applied]).toEqual(["a", []]);
});
