import { expect, test } from "vitest";
import { meterBackwards } from "../../../../src/rules/faults/payload/meter-backwards.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("meter-backwards lowers registers, and keeps their number of digits", () => {
  expect(tried(meterBackwards, 10, start).texts).toEqual([start.replace("12.50", "2.50")]);
  expect(tried(meterBackwards, 13, start).texts).toEqual([start.replace("12.50", "-0.50")]);
});

test.each([
  ['{"value":"9223372036854775807"}', '{"value":"9223372036854774807"}'],
  ['{"meterStop":999}', '{"meterStop":-1}'],
  [
    '{"value":"1.5","measurand":"Energy.Active.Export.Register"}',
    '{"value":"-998.5","measurand":"Energy.Active.Export.Register"}',
  ],
])("%s becomes %s", (before, after) => {
  expect(tried(meterBackwards, {}, `[2,"1","X",${before}]`).texts).toEqual([`[2,"1","X",${after}]`]);
});

test.each(['{"value":"5","measurand":"Voltage"}', '{"value":"much"}', '{"key":"k","value":"5"}'])(
  "%s has no register",
  (payload) => {
    expect(tried(meterBackwards, {}, `[3,"1",${payload}]`).outcome).toBe(
      "not applied: there is no register in the payload",
    );
  },
);

test("meter-backwards changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ meter-backwards: { by: 2 } }",
    start,
    "lessened 1 register by 2",
    start.replace("12.50", "10.50"),
  );
});
