import { expect, test } from "vitest";
import { maskedFromServer } from "../../../../src/rules/faults/frame/masked-from-server.js";
import { readRules } from "../../../../src/rules/language/read-rules.js";
import { meet, met, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("frames of the CSMS are masked with a random key", () => {
  const { wire, recorded } = meet("{ masked-from-server: {} }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`masked-from-server masked | fin op 1 masked 7:15 ${hi}`]);
});

test("a masked message is not changed", () => {
  const { wire, recorded, decisions } = meet("{ masked-from-server: {} }", "csms", "bytes 818000000000");
  expect(recorded).toEqual([
    `masked-from-server not applied: the message is masked already | ${wire.join(" | ")}`,
  ]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("masked-from-server does not change messages of the charger, and a rule for them is invalid", () => {
  const world = new RelayWorld({ rules: oneFault("{ masked-from-server: {} }") });
  world.perform(`charger text ${hi}`);
  expect(met(world, "csms").recorded).toEqual([
    `masked-from-server not applied: it acts on csms-to-cp alone | fin op 1 masked 7:15 ${hi}`,
  ]);
  const { issues } = readRules(oneFault("{ masked-from-server: {} }", "direction: cp-to-csms"));
  expect(issues).toMatchObject([{ where: "3:21" }]);
});

test("masked-from-server reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(maskedFromServer.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) maskedFromServer.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
