import { expect, test } from "vitest";
import { close } from "../../../../src/rules/faults/frame/close.js";
import { meet, met, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue, ruledMessage, textFrame } from "../../sample.js";

const settings = { code: 1011, reason: "", discardHeld: false, forward: false, style: "clean" } as const;
const given = { message: ruledMessage("[2]"), copies: [textFrame("[2]").raw], draw: () => 0 };

test("a close takes the place of the message, unless it is to be forwarded", () => {
  const action = { code: 1001, reason: "bye", discardHeld: true };
  expect(close.apply({ ...settings, ...action }, given)).toEqual({
    outcome: "closed 1001",
    copies: [],
    draw: null,
    close: action,
  });
  expect(close.apply({ ...settings, ...action, forward: true }, given).copies).toBe(given.copies);
  expect(close.final).toBe(true);
});

test("settings have defaults, and illegal codes are allowed", () => {
  const { report, said } = collector();
  expect(close.read(plainValue({}), report)).toEqual(settings);
  expect(
    close.read(plainValue({ code: 1006, reason: "é", discardHeld: true, forward: true }), report),
  ).toEqual({
    code: 1006,
    reason: "é",
    discardHeld: true,
    forward: true,
    style: "clean",
  });
  expect(said).toEqual([]);
});

test.each([
  { code: "x" },
  { code: 65_536 },
  { code: 1000.5 },
  { reason: 5 },
  { reason: "é".repeat(62) },
  { discardHeld: "yes" },
  { cod: 1 },
  { style: "rude" },
  1011,
])("%j is reported", (plain) => {
  const { report, said } = collector();
  close.read(plainValue(plain), report);
  expect(said).toHaveLength(1);
});

const hi = '[2,"1","Hi",{}]';

test("without a frame both streams end, and nobody is told why", () => {
  const { world, wire, recorded } = meet(
    "{ close: { style: no-frame, forward: true } }",
    "charger",
    `text ${hi}`,
  );
  expect(wire).toEqual([`fin op 1 masked 7:15 ${hi}`]);
  expect(recorded).toEqual([`close closed without a frame | fin op 1 masked 7:15 ${hi}`]);
  expect(world.ended).toEqual({ charger: "end", csms: "end" });
  expect(world.sentTo("charger")).toHaveLength(0);
  expect(world.entries.some(({ kind }) => kind === "injected")).toBe(false);
});

test("without a frame a lane that no rule touches ends as well", () => {
  const world = new RelayWorld({
    rules: oneFault("{ close: { style: no-frame } }", "direction: cp-to-csms, action: Hi"),
  });
  world.perform(`charger text ${hi}`);
  expect(world.ended).toEqual({ charger: "end", csms: "end" });
  expect(world.sentTo("charger")).toHaveLength(0);
});

test("a reset resets both sides", () => {
  const { world, recorded } = meet("{ close: { style: reset } }", "csms", `text ${hi}`);
  expect(recorded).toEqual(["close reset"]);
  expect(world.ended).toEqual({ charger: "reset", csms: "reset" });
});

test("what came in one chunk with the message does not slip out before the reset", () => {
  const { wire } = meet("{ close: { style: reset } }", "charger", `text ${hi} + text ${hi} + ping p`);
  expect(wire).toEqual([]);
});

test("going on, the receiver gets the frame and then everything else", () => {
  const { world, wire, recorded } = meet(
    "{ close: { code: 1000, style: go-on, forward: true } }",
    "charger",
    `text ${hi}`,
    "ping p",
  );
  expect(wire).toEqual([
    `fin op 1 masked 7:15 ${hi}`,
    "fin op 8 masked 7:2 \u0003\ufffd",
    "fin op 9 masked 7:1 p",
  ]);
  expect(recorded).toEqual([
    `close closed 1000, going on | fin op 1 masked 7:15 ${hi} | fin op 8 masked 7:2 \u0003\ufffd`,
  ]);
  expect(world.ended).toEqual({ charger: undefined, csms: undefined });
});

test("going on by the clock, both sides get the frame", () => {
  const world = new RelayWorld({
    rules: oneFault("{ close: { code: 1000, style: go-on } }", "", "trigger: { schedule: { at: [1s] } }, "),
  });
  world.after(1000);
  world.perform(`charger text ${hi}`);
  expect(met(world, "csms").wire).toEqual(["fin op 8 masked 7:2 \u0003\ufffd", `fin op 1 masked 7:15 ${hi}`]);
  expect(met(world, "charger").wire).toEqual(["fin op 8 7:2 \u0003\ufffd"]);
});
