import { expect, test } from "vitest";
import { reservedOpcode } from "../../../../src/rules/faults/frame/reserved-opcode.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the first frame gets a reserved opcode", () => {
  const { wire, recorded } = meet("{ reserved-opcode: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 3 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`reserved-opcode renumbered 3 | fin op 3 masked 7:15 ${hi}`]);
});

test("the reserved opcode can be that of a control frame", () => {
  const { wire, recorded } = meet("{ reserved-opcode: 15 }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 15 7:15 ${hi}`]);
  expect(recorded).toEqual([`reserved-opcode renumbered 15 | fin op 15 7:15 ${hi}`]);
});

test("reserved-opcode reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(reservedOpcode.read(plainValue({}), report)).toEqual({ opcode: 3 });
  expect(reservedOpcode.read(plainValue(11), report)).toEqual({ opcode: 11 });
  expect(said).toEqual([]);
  for (const wrong of [{ opcode: 2 }, 9, { opcode: 16 }]) reservedOpcode.read(plainValue(wrong), report);
  expect(said).toHaveLength(3);
});
