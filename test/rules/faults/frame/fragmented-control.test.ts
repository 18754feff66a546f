import { expect, test } from "vitest";
import { fragmentedControl } from "../../../../src/rules/faults/frame/fragmented-control.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("a ping in two fragments comes before the message", () => {
  const { wire, recorded } = meet("{ fragmented-control: {} }", "csms", `text ${hi}`);
  expect(wire).toEqual([`more op 9 7:5 fragm`, `fin op 0 7:5 ented`, `fin op 1 7:15 ${hi}`]);
  expect(recorded).toEqual([
    `fragmented-control preceded fragmented ping | more op 9 7:5 fragm | fin op 0 7:5 ented | fin op 1 7:15 ${hi}`,
  ]);
});

test("fragmented-control reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(fragmentedControl.read(plainValue({}), report)).toEqual({ frame: "ping" });
  expect(fragmentedControl.read(plainValue("pong"), report)).toEqual({ frame: "pong" });
  expect(said).toEqual([]);
  for (const wrong of [{ frame: "close" }, { x: 1 }]) fragmentedControl.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
