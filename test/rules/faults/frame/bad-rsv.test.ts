import { expect, test } from "vitest";
import { badRsv } from "../../../../src/rules/faults/frame/bad-rsv.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the reserved bit is set, and nothing else changes", () => {
  const { wire, recorded } = meet("{ bad-rsv: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin rsv 2 op 1 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`bad-rsv flagged rsv2 | fin rsv 2 op 1 masked 7:15 ${hi}`]);
});

test("all three reserved bits can be set", () => {
  const { wire, recorded } = meet("{ bad-rsv: all }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin rsv 7 op 1 7:15 ${hi}`]);
  expect(recorded).toEqual([`bad-rsv flagged all | fin rsv 7 op 1 7:15 ${hi}`]);
});

test("the reserved bit is set in the first frame of a fragmented message", () => {
  const { wire } = meet("{ bad-rsv: rsv3 }", "charger", 'begin [2,"1",', 'rest "Hi",{}]');
  expect(wire).toEqual(['more rsv 1 op 1 masked 7:7 [2,"1",', 'fin op 0 masked 7:8 "Hi",{}]']);
});

test("bad-rsv reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(badRsv.read(plainValue({}), report)).toEqual({ bits: "rsv2" });
  expect(badRsv.read(plainValue("all"), report)).toEqual({ bits: "all" });
  expect(said).toEqual([]);
  for (const wrong of [{ bits: "rsv4" }, { bit: 1 }]) badRsv.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
