import { expect, test } from "vitest";
import { textAsBinary } from "../../../../src/rules/faults/frame/text-as-binary.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("a text message is sent with the same bytes as a binary message", () => {
  const { wire, recorded } = meet("{ text-as-binary: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 2 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`text-as-binary retyped binary | fin op 2 masked 7:15 ${hi}`]);
});

test("a binary message is not changed", () => {
  const { wire, recorded, decisions } = meet("{ text-as-binary: {} }", "charger", "binary x");
  expect(recorded).toEqual([`text-as-binary not applied: the message is no text | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("text-as-binary reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(textAsBinary.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) textAsBinary.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
