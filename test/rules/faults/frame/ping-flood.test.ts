import { expect, test } from "vitest";
import { pingFlood } from "../../../../src/rules/faults/frame/ping-flood.js";
import { described, meet, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";

const hi = '[2,"1","Hi",{}]';

test("pings follow the message to its receiver, and the cassette records them as injected", () => {
  const { world, wire, recorded } = meet("{ ping-flood: 2 }", "charger", `text ${hi}`);
  expect(wire).toEqual([
    `fin op 1 masked 7:15 ${hi}`,
    "fin op 9 masked 7:5 flood",
    "fin op 9 masked 7:5 flood",
  ]);
  expect(recorded).toEqual([`ping-flood flooded 2 pings | fin op 1 masked 7:15 ${hi}`]);
  const injected = world.entries.filter(({ kind }) => kind === "injected");
  expect(injected).toMatchObject(Array(2).fill({ by: "r1", direction: "cp-to-csms" }));
});

test("pings can have a gap, and messages pass between them", () => {
  const { world } = meet("{ ping-flood: { n: 3, gap: 10 } }", "csms", `text ${hi}`);
  const sent = (): readonly string[] => described(world.sentTo("charger")).map((words) => words.slice(0, 8));
  expect(sent()).toEqual(["fin op 1", "fin op 9"]);
  world.after(9);
  world.perform("csms pong x");
  world.after(1);
  expect(sent()).toEqual(["fin op 1", "fin op 9", "fin op 1", "fin op 9"]);
  world.after(100);
  expect(sent()).toHaveLength(5);
});

test("a ping waits for the end of a frame that is being forwarded", () => {
  const rules = oneFault(
    "{ ping-flood: { n: 1, to: csms } }",
    "",
    "trigger: { schedule: { at: [100ms] } }, ",
  );
  const world = new RelayWorld({ rules });
  world.perform("charger bytes 8183000000007a");
  world.after(150);
  expect(described(world.sentTo("csms"))).toEqual(["fin op 1 masked 7:3 z"]);
  world.perform("charger bytes 7a7a");
  world.after(20);
  expect(described(world.sentTo("csms"))).toEqual(["fin op 1 masked 7:3 zzz", "fin op 9 masked 7:5 flood"]);
});

test("without a message the charger gets the pings, unless the rule names the CSMS", () => {
  const at = "trigger: { schedule: { at: [1s] } }, ";
  for (const [then, to] of [
    ["{ ping-flood: 1 }", "charger"],
    ["{ ping-flood: { n: 1, to: csms } }", "csms"],
  ] as const) {
    const world = new RelayWorld({ rules: oneFault(then, "", at) });
    world.after(1000);
    expect(described(world.sentTo(to))).toHaveLength(1);
    expect(world.sentTo(to === "csms" ? "charger" : "csms")).toHaveLength(0);
  }
});

test("no pings are sent after the connection has closed", () => {
  const { world } = meet("{ ping-flood: { n: 3, gap: 10 } }", "charger", `text ${hi}`, "end");
  world.after(100);
  expect(described(world.sentTo("csms"))).toHaveLength(2);
});

test("ping-flood reads its settings and reports invalid ones", () => {
  const { report, said } = collector();
  expect(pingFlood.read(plainValue({}), report)).toEqual({ n: 100, gap: 0, to: "receiver" });
  expect(pingFlood.read(plainValue(5), report)).toEqual({ n: 5, gap: 0, to: "receiver" });
  expect(said).toEqual([]);
  for (const wrong of [{ n: 0 }, { to: "both" }]) pingFlood.read(plainValue(wrong), report);
  expect(said).toHaveLength(2);
});
