import { expect, test } from "vitest";
import { exactText, hex } from "../../../../src/base/bytes.js";
import { readFrames } from "../../../../src/rules/faults/edit/frames.js";
import { invalidUtf8 } from "../../../../src/rules/faults/frame/invalid-utf8.js";
import { meet } from "../../../support/worlds/frame-fault.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test.each([
  ["octet", "ff"],
  ["overlong", "c0af"],
  ["surrogate", "eda080"],
  ["cut-off", "e282"],
])("the form %s puts invalid UTF-8 into a valid frame", (form, digits) => {
  const { world, recorded } = meet(`{ invalid-utf8: ${form} }`, "csms", `text ${hi}`);
  const sent = world.sentTo("charger");
  expect(hex(sent)).toContain(digits);
  expect(exactText(sent.subarray(2))).toBeUndefined();
  expect(readFrames(sent)).toHaveLength(1);
  expect(recorded[0]).toContain(`invalid-utf8 spoilt ${form} | fin op 1 7:`);
});

test("the form of invalid UTF-8 is drawn, and a fragmented message becomes one frame", () => {
  const { world, wire } = meet("{ invalid-utf8: {} }", "charger", 'begin [2,"1",', 'rest "Hi",{}]');
  expect(wire).toHaveLength(1);
  expect(wire[0]).toMatch(/^fin op 1 masked 7:1[0-9] /);
  expect(world.entries.filter(({ kind }) => kind === "decision")).toHaveLength(1);
});

test("invalid-utf8 does not change a binary message", () => {
  const { wire, recorded, decisions } = meet("{ invalid-utf8: {} }", "charger", "binary x");
  expect(recorded).toEqual([`invalid-utf8 not applied: the message is no text | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("invalid-utf8 does not change a compressed message", () => {
  const { wire, recorded, decisions } = meet("{ invalid-utf8: {} }", "csms", "bytes c10100");
  expect(recorded).toEqual([`invalid-utf8 not applied: the message is compressed | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("invalid-utf8 reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(invalidUtf8.read(plainValue({}), report)).toEqual({ form: "any" });
  expect(invalidUtf8.read(plainValue("overlong"), report)).toEqual({ form: "overlong" });
  expect(said).toEqual([]);
  for (const wrong of [{ form: "x" }, { kind: "octet" }]) invalidUtf8.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
