import { expect, test } from "vitest";
import { unmasked } from "../../../../src/rules/faults/frame/unmasked.js";
import { readRules } from "../../../../src/rules/language/read-rules.js";
import { meet, met, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("an unmasked text is readable in the frame", () => {
  const { wire, recorded } = meet("{ unmasked: {} }", "charger", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 7:15 ${hi}`]);
  expect(recorded).toEqual([`unmasked unmasked | fin op 1 7:15 ${hi}`]);
});

test("every frame of a fragmented message loses its mask", () => {
  const { wire } = meet("{ unmasked: {} }", "charger", 'begin [2,"1",', "more ", 'rest "Hi",{}]');
  expect(wire).toEqual(['more op 1 7:7 [2,"1",', "more op 0 7:0", 'fin op 0 7:8 "Hi",{}]']);
});

test("a message without a mask is not changed", () => {
  const { wire, recorded, decisions } = meet("{ unmasked: {} }", "charger", "bytes 8100");
  expect(recorded).toEqual([`unmasked not applied: the message is not masked | ${wire.join(" | ")}`]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("unmasked does not change messages of the CSMS, and a rule for them is invalid", () => {
  const world = new RelayWorld({ rules: oneFault("{ unmasked: {} }") });
  world.perform(`csms text ${hi}`);
  expect(met(world, "charger").recorded).toEqual([
    `unmasked not applied: it acts on cp-to-csms alone | fin op 1 7:15 ${hi}`,
  ]);
  const { issues } = readRules(oneFault("{ unmasked: {} }", "direction: csms-to-cp"));
  const nested = oneFault("{ unmasked: {} }", "all: [ { direction: csms-to-cp } ]");
  expect(readRules(nested).issues).toHaveLength(1);
  expect(issues).toMatchObject([
    { where: "3:21", message: "unmasked works only in direction cp-to-csms, and when contains csms-to-cp" },
  ]);
});

test("unmasked reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(unmasked.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) unmasked.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
