import { expect, test } from "vitest";
import { orphanContinuation } from "../../../../src/rules/faults/frame/orphan-continuation.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the message starts with a continuation frame", () => {
  const { wire, recorded } = meet("{ orphan-continuation: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 0 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`orphan-continuation orphaned | fin op 0 masked 7:15 ${hi}`]);
});

test("orphan-continuation reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(orphanContinuation.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) orphanContinuation.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
