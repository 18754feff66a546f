import { expect, test } from "vitest";
import { close } from "../../../src/rules/faults/close.js";
import { collector, observe, plainValue, textFrame } from "../sample.js";

const settings = { code: 1011, reason: "", discardHeld: false, forward: false };
const given = { observation: observe("[2]"), copies: [textFrame("[2]").raw], draw: () => 0 };

test("a close takes the place of the message, unless it is to be forwarded", () => {
  const order = { code: 1001, reason: "bye", discardHeld: true };
  expect(close.apply({ ...order, forward: false }, given)).toEqual({
    outcome: "closed 1001",
    copies: [],
    draw: null,
    close: order,
  });
  expect(close.apply({ ...order, forward: true }, given).copies).toBe(given.copies);
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
  1011,
])("%j is reported", (plain) => {
  const { report, said } = collector();
  close.read(plainValue(plain), report);
  expect(said).toHaveLength(1);
});

test("explains itself", () => {
  expect(close.explain({ ...settings, reason: "x", discardHeld: true })).toBe(
    'replaced by a close of the connection with code 1011 and the reason "x", messages still held being thrown away',
  );
  expect(close.explain({ ...settings, forward: true })).toBe(
    "followed by a close of the connection with code 1011",
  );
});
