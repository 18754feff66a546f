import { expect, test } from "vitest";
import { maskedFromServer } from "../../../../src/rules/faults/frame/masked-from-server.js";
import { readRules } from "../../../../src/rules/language/read-rules.js";
import { meet, met, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("the frames are masked with a drawn key", () => {
  const { wire, recorded } = meet("{ masked-from-server: {} }", "csms", `text ${hi}`);
  expect(wire).toEqual([`fin op 1 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`masked-from-server masked | fin op 1 masked 7:15 ${hi}`]);
});

test("a message that is masked already is left alone", () => {
  const { wire, recorded, decisions } = meet("{ masked-from-server: {} }", "csms", "bytes 818000000000");
  expect(recorded).toEqual([
    `masked-from-server not applied: the message is masked already | ${wire.join(" | ")}`,
  ]);
  expect(decisions[0]?.sent).toEqual([decisions[0]?.original]);
});

test("what the charger says is left alone, and a rule that asks for it is wrong", () => {
  const world = new RelayWorld({ rules: oneFault("{ masked-from-server: {} }") });
  world.perform(`charger text ${hi}`);
  expect(met(world, "csms").recorded).toEqual([
    `masked-from-server not applied: it acts on csms-to-cp alone | fin op 1 masked 7:15 ${hi}`,
  ]);
  const { issues } = readRules(oneFault("{ masked-from-server: {} }", "direction: cp-to-csms"));
  expect(issues).toMatchObject([{ where: "3:21" }]);
});

test("settings are read, and what is wrong is reported", () => {
  const { report, said } = collector();
  expect(maskedFromServer.read(plainValue({}), report)).toEqual({});
  expect(said).toEqual([]);
  for (const wrong of [{ x: 1 }, 7]) maskedFromServer.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
