import { expect, test } from "vitest";
import { close } from "../../../../src/rules/faults/frame/close.js";
import { meet, met, oneFault } from "../../../support/worlds/frame-fault.js";
import { RelayWorld } from "../../../support/worlds/relay-player.js";
import { collector, plainValue, ruledMessage, textFrame } from "../../sample.js";

const settings = { code: 1011, reason: "", discardHeld: false, forward: false, style: "clean" } as const;
const given = { message: ruledMessage("[2]"), copies: [textFrame("[2]").raw], draw: () => 0 };

test("a close frame replaces the message, unless the message is forwarded", () => {
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

test("close has default settings, and allows illegal codes", () => {
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
])("close reports the invalid settings %j", (plain) => {
  const { report, said } = collector();
  close.read(plainValue(plain), report);
  expect(said).toHaveLength(1);
});

const hi = '[2,"1","Hi",{}]';

test("without a close frame both streams end without a code", () => {
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

test("without a close frame a lane without rules ends as well", () => {
  const world = new RelayWorld({
    rules: oneFault("{ close: { style: no-frame } }", "direction: cp-to-csms, action: Hi"),
  });
  world.perform(`charger text ${hi}`);
  expect(world.ended).toEqual({ charger: "end", csms: "end" });
  expect(world.sentTo("charger")).toHaveLength(0);
});

test("close with a reset resets both sides", () => {
  const { world, recorded } = meet("{ close: { style: reset } }", "csms", `text ${hi}`);
  expect(recorded).toEqual(["close reset"]);
  expect(world.ended).toEqual({ charger: "reset", csms: "reset" });
});

test("bytes in the same chunk as the message are not forwarded before the reset", () => {
  const { wire } = meet("{ close: { style: reset } }", "charger", `text ${hi} + text ${hi} + ping p`);
  expect(wire).toEqual([]);
});

test("with go-on, the receiver gets the close frame and then everything else", () => {
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

test("with go-on on a schedule, both sides get the close frame", () => {
  const world = new RelayWorld({
    rules: oneFault("{ close: { code: 1000, style: go-on } }", "", "trigger: { schedule: { at: [1s] } }, "),
  });
  world.after(1000);
  world.perform(`charger text ${hi}`);
  expect(met(world, "csms").wire).toEqual(["fin op 8 masked 7:2 \u0003\ufffd", `fin op 1 masked 7:15 ${hi}`]);
  expect(met(world, "charger").wire).toEqual(["fin op 8 7:2 \u0003\ufffd"]);
});
