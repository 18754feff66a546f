import { expect, test } from "vitest";
import { unitSwap } from "../../../../src/rules/faults/payload/unit-swap.js";
import { onTheWire, tried } from "../trial.js";

test.each([
  [
    '{"sampledValue":[{"value":"5","unit":"Wh"},{"value":"6","unit":"kW","measurand":"Power.Active.Import"}]}',
    '{"sampledValue":[{"value":"5","unit":"kWh"},{"value":"6","unit":"W","measurand":"Power.Active.Import"}]}',
  ],
  ['{"sampledValue":[{"value":"5"}]}', '{"sampledValue":[{"value":"5","unit":"kWh"}]}'],
  [
    '{"value":1.5,"unitOfMeasure":{"unit":"kWh","multiplier":0}}',
    '{"value":1.5,"unitOfMeasure":{"unit":"Wh","multiplier":0}}',
  ],
])("%s becomes %s", (before, after) => {
  expect(tried(unitSwap, {}, `[2,"1","MeterValues",${before}]`).texts).toEqual([
    `[2,"1","MeterValues",${after}]`,
  ]);
});

test.each(['{"value":"5","measurand":"Voltage"}', '{"key":"a","value":"5"}', '{"unit":"Percent"}', "{}"])(
  "%s has no unit to swap",
  (payload) => {
    expect(tried(unitSwap, {}, `[3,"1",${payload}]`).outcome).toBe(
      "not applied: there is no unit in the payload",
    );
  },
);

test("unit-swap changes the message on the wire, and the cassette records the change", () => {
  const text = '[2,"1","MeterValues",{"sampledValue":[{"unit":"Wh","value":"5"}]}]';
  onTheWire("{ unit-swap: {} }", text, "swapped 1 unit", text.replace("Wh", "kWh"));
});
