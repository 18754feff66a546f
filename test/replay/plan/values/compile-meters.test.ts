// The energy registers in recorded messages.
import { describe, expect, test } from "vitest";
import { leavesOf } from "../../../../src/ocpp/json/spans.js";
import {
  leavesByPointer,
  ownRegister,
  sampledRegisters,
} from "../../../../src/replay/plan/values/compile-meters.js";

const readings = (...samples: readonly string[]): readonly string[] => {
  const text = `[2,"i","MeterValues",{"connectorId":1,"meterValue":[{"sampledValue":[${samples.join(",")}]}]}]`;
  return sampledRegisters(leavesByPointer(leavesOf(text)), "1").map(
    ({ offset, length, power }) => `${text.slice(offset, offset + length)} e${power}`,
  );
};

describe("sampled values", () => {
  test("sampled values are registers by default and by measurand, per phase as well", () => {
    expect(
      readings(
        '{"value":"12.50"}',
        '{"value":"7","measurand":"Energy.Active.Import.Register","unit":"kWh","phase":"L1"}',
        '{"value":7.5,"unitOfMeasure":{"unit":"Wh","multiplier":2}}',
      ),
    ).toEqual(["12.50 e0", "7 e3", "7.5 e2"]);
  });

  test("sampled values of other measurands, locations and units, and signed ones, are no registers", () => {
    expect(
      readings(
        '{"value":"1","measurand":"Power.Active.Import"}',
        '{"value":"1","location":"Inlet"}',
        '{"value":"1","unit":"varh"}',
        '{"value":"1","format":"SignedData"}',
        '{"value":"OCMF|{}"}',
        '{"value":null}',
      ),
    ).toEqual([]);
  });
});

test("meterStart and meterStop are registers in Wh", () => {
  const text = '[2,"i","StartTransaction",{"meterStart":9223372036854775807}]';
  expect(ownRegister(leavesByPointer(leavesOf(text)), "start", "1")).toMatchObject([
    { role: "start", power: 0, length: 19 },
  ]);
  expect(ownRegister(leavesByPointer(leavesOf(text)), "stop", "1")).toEqual([]);
});
