import { expect, test } from "vitest";
import { slotsOf } from "../../src/rules/course.js";
import { laneMemory, rulesFor, streamOf } from "../../src/rules/lane-memory.js";
import { LiveRules } from "../../src/rules/live-rules.js";
import { ruleSet } from "./sample.js";

const laneWith = (...rules: readonly string[]) => {
  const lane = laneMemory("1.6");
  lane.facts = { identity: "CP1", direction: "cp-to-csms", connection: 1, version: "1.6" };
  lane.rules = LiveRules.armed(ruleSet(...rules)).active.map((live) => ({
    live,
    rule: live.rule,
    slots: slotsOf(live.rule.faults),
    recalls: false,
  }));
  return lane;
};

test("a stream keeps the rules that its type and action can fit, and knows which of them need asking", () => {
  const lane = laneWith(
    "{ id: a, when: { action: Heartbeat }, then: [ drop: ] }",
    "{ id: b, when: { action: Heart*, path: { /x: 1 } }, then: [ drop: ] }",
    "{ id: c, when: { action: Reset }, then: [ drop: ] }",
  );
  const found = rulesFor(lane, "CALL", "Heartbeat").map(({ rule, open }) => [rule.id, open.length === 0]);
  expect(found).toEqual([
    ["a", true],
    ["b", false],
  ]);
  const stream = streamOf(lane, { type: "CALL", action: "Heartbeat" });
  expect(streamOf(lane, { type: "CALL", action: "Heartbeat" })).toBe(stream);
  expect(streamOf(lane, { type: "CALLRESULT", action: "Heartbeat" })).not.toBe(stream);
});

test("beyond the limit of streams one counter serves all", () => {
  const lane = laneWith("{ id: a, then: [ drop: ] }");
  for (let i = 0; i < 1000; i++) streamOf(lane, { type: "CALL", action: `A${i}` });
  expect(streamOf(lane, { type: "CALL", action: "B" }).seen).toBe(0);
  expect(streamOf(lane, { type: "CALL", action: "C" }).seen).toBe(1);
});
