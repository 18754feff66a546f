import { expect, test } from "vitest";
import { nonMinimalLength } from "../../../../src/rules/faults/frame/non-minimal-length.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("a short length is written in 64 bits", () => {
  const { wire, recorded } = meet("{ non-minimal-length: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 masked 64:15 ${hi}`]);
  expect(recorded).toEqual([`non-minimal-length lengthened 64 bits | fin op 1 masked 64:15 ${hi}`]);
});

test("a short length is written in 16 bits", () => {
  const { wire, recorded } = meet("{ non-minimal-length: 16 }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 16:15 ${hi}`]);
  expect(recorded).toEqual([`non-minimal-length lengthened 16 bits | fin op 1 16:15 ${hi}`]);
});

test("a length that needs its bits is not changed", () => {
  const { recorded } = meet("{ non-minimal-length: 16 }", "csms", `text ${"x".repeat(126)}`);
  expect(recorded[0]).toContain(
    "non-minimal-length not applied: its length needs 16 bits or has them already | ",
  );
});

test("non-minimal-length reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(nonMinimalLength.read(plainValue({}), report)).toEqual({ bits: 64 });
  expect(nonMinimalLength.read(plainValue(16), report)).toEqual({ bits: 16 });
  expect(said).toEqual([]);
  for (const wrong of [{ bits: 17 }, "x"]) nonMinimalLength.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
