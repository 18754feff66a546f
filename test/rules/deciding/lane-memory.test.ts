import { expect, test } from "vitest";
import { LaneMemory } from "../../../src/rules/deciding/lane-memory.js";
import { indexOf } from "../sample.js";

const laneWith = (...rules: readonly string[]): LaneMemory => {
  const lane = new LaneMemory();
  const index = indexOf(...rules);
  lane.use(index, index.forLane({ identity: "CP1", direction: "cp-to-csms", ordinal: 1, version: "1.6" }));
  return lane;
};

test("a lane keeps the rules that a type and action can match", () => {
  const lane = laneWith(
    "{ id: a, when: { action: Heartbeat }, then: [ drop: ] }",
    "{ id: c, when: { action: Reset }, then: [ drop: ] }",
  );
  const kind = lane.kindOf({ type: "CALL", action: "Heartbeat" });
  expect(kind.entry.rules.map(({ rule }) => rule.id)).toEqual(["a"]);
  expect(lane.kindOf({ type: "CALL", action: "Heartbeat" })).toBe(kind);
  expect(lane.kindOf({ type: "CALLRESULT", action: "Heartbeat" })).not.toBe(kind);
  expect(lane.kindOf({ type: "CALL", action: undefined })).not.toBe(kind);
  expect(lane.kindOf({ type: "CALL", action: "Heartbeat" })).toBe(kind);
});

test("a lane that knows no rules has none for any message", () => {
  expect(new LaneMemory().kindOf({ type: "CALL", action: "Heartbeat" }).entry.rules).toEqual([]);
});

test("beyond a thousand types and actions, one counter serves all further ones", () => {
  const lane = laneWith("{ id: a, then: [ drop: ] }");
  for (let i = 0; i < 1000; i++) lane.kindOf({ type: "CALL", action: `A${i}` });
  expect(lane.kindOf({ type: "CALL", action: "B" }).seen).toBe(0);
  expect(lane.kindOf({ type: "CALL", action: "C" }).seen).toBe(1);
  expect(lane.kindOf({ type: "CALL", action: "C" }).seen).toBe(2);
});
