import { expect, test } from "vitest";
import { fragment } from "../../../../src/rules/faults/frame/fragment.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the message is split into frames", () => {
  const { wire, recorded } = meet("{ fragment: 6 }", "charger", `text ${hi}`);
  expect(wire).toEqual([
    `more op 1 masked 7:6 [2,"1"`,
    `more op 0 masked 7:6 ,"Hi",`,
    `fin op 0 masked 7:3 {}]`,
  ]);
  expect(recorded).toEqual([
    `fragment fragmented 3 x 6 bytes | more op 1 masked 7:6 [2,"1" | more op 0 masked 7:6 ,"Hi", | fin op 0 masked 7:3 {}]`,
  ]);
});

test("a fragmented message is split again, and an empty one is one frame", () => {
  expect(meet("{ fragment: 100 }", "csms", 'begin [2,"1",', 'rest "Hi",{}]').wire).toEqual([
    `fin op 1 7:15 ${hi}`,
  ]);
  expect(meet("{ fragment: 100 }", "csms", "text ").wire).toEqual(["fin op 1 7:0"]);
});

test("a message is split into at most ten thousand frames", () => {
  const { recorded } = meet("{ fragment: 1 }", "csms", `text ${"x".repeat(10_001)}`);
  expect(recorded[0]).toContain(
    "fragment not applied: these would be 10001 fragments, more than 10000 | fin op 1 16:10001",
  );
});

test("fragment reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(fragment.read(plainValue(10), report)).toEqual({ size: 10 });
  expect(said).toEqual([]);
  for (const wrong of [{}, { size: 0 }]) fragment.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
