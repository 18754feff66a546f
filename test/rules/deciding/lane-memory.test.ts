import { expect, test } from "vitest";
import { fittingOf, laneMemory, streamOf } from "../../../src/rules/deciding/lane-memory.js";
import { Fittings } from "../../../src/rules/deciding/rule-index.js";
import { prepared } from "../sample.js";

const laneWith = (...rules: readonly string[]) => {
  const lane = laneMemory("1.6");
  const facts = { identity: "CP1", direction: "cp-to-csms", connection: 1, version: "1.6" } as const;
  lane.rules = { prepared: prepared(...rules), facts, fittings: new Fittings() };
  return lane;
};

test("a stream keeps the rules that its type and action can fit", () => {
  const lane = laneWith(
    "{ id: a, when: { action: Heartbeat }, then: [ drop: ] }",
    "{ id: c, when: { action: Reset }, then: [ drop: ] }",
  );
  const stream = streamOf(lane, { type: "CALL", action: "Heartbeat" });
  expect(stream.fitting.candidates.map(({ rule }) => rule.id)).toEqual(["a"]);
  expect(streamOf(lane, { type: "CALL", action: "Heartbeat" })).toBe(stream);
  expect(streamOf(lane, { type: "CALLRESULT", action: "Heartbeat" })).not.toBe(stream);
  expect(streamOf(lane, { type: "CALL", action: undefined })).not.toBe(stream);
  expect(streamOf(lane, { type: "CALL", action: "Heartbeat" })).toBe(stream);
});

test("a lane that has not been told its rules has none", () => {
  expect(fittingOf(laneMemory("1.6"), "CALL", "Heartbeat").candidates).toEqual([]);
});

test("beyond the limit of streams one counter serves all", () => {
  const lane = laneWith("{ id: a, then: [ drop: ] }");
  for (let i = 0; i < 1000; i++) streamOf(lane, { type: "CALL", action: `A${i}` });
  expect(streamOf(lane, { type: "CALL", action: "B" }).seen).toBe(0);
  expect(streamOf(lane, { type: "CALL", action: "C" }).seen).toBe(1);
  expect(streamOf(lane, { type: "CALL", action: "C" }).seen).toBe(2);
});
