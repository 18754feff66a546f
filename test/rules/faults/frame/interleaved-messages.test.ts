import { expect, test } from "vitest";
import { interleavedMessages } from "../../../../src/rules/faults/frame/interleaved-messages.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("a new message is sent between two fragments", () => {
  const { wire, recorded } = meet("{ interleaved-messages: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([
    `more op 1 masked 7:7 [2,"1",`,
    `fin op 1 masked 7:15 ${hi}`,
    `fin op 0 masked 7:8 "Hi",{}]`,
  ]);
  expect(recorded).toEqual([
    `interleaved-messages interleaved | more op 1 masked 7:7 [2,"1", | fin op 1 masked 7:15 ${hi} | fin op 0 masked 7:8 "Hi",{}]`,
  ]);
});

test("an empty message is interleaved with empty fragments", () => {
  expect(meet("{ interleaved-messages: {} }", "csms", "text ").wire).toEqual([
    "more op 1 7:0",
    "fin op 1 7:0",
    "fin op 0 7:0",
  ]);
});

test("interleaved-messages reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(interleavedMessages.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) interleavedMessages.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
