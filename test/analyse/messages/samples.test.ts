import { describe, expect, test } from "vitest";
import { samplesOf } from "../../../src/analyse/messages/samples.js";

const one = (sampled: Record<string, unknown>, timestamp?: string): ReturnType<typeof samplesOf> =>
  samplesOf(
    [{ ...(timestamp === undefined ? {} : { timestamp }), sampledValue: [sampled] }],
    "/3/meterValue",
  );

describe("readings", () => {
  test("a reading without measurand, unit or context gets the defaults of OCPP", () => {
    expect(one({ value: "12" }, "1970-01-01T00:00:01Z")).toEqual([
      {
        epochMs: 1000,
        measurand: "Energy.Active.Import.Register",
        phase: "",
        location: "Outlet",
        context: "Sample.Periodic",
        value: 12,
        resolution: 1,
        unit: "Wh",
        pointer: "/3/meterValue/0/sampledValue/0/value",
      },
    ]);
  });

  test("readings are normalised to Wh and W, with the resolution of their notation", () => {
    expect(one({ value: "1.250", unit: "kWh" })[0]).toMatchObject({
      epochMs: null,
      value: 1250,
      resolution: 1,
      unit: "Wh",
    });
    const of2x = one({
      value: 5,
      measurand: "Power.Active.Import",
      unitOfMeasure: { unit: "W", multiplier: 3 },
    });
    expect(of2x[0]).toMatchObject({ value: 5000, unit: "W" });
  });

  test("signed readings and readings that are not numbers are left out", () => {
    expect(one({ value: "abc", format: "SignedData" })).toEqual([]);
    expect(one({ value: "" })).toEqual([]);
    expect(samplesOf([null, 5, { sampledValue: "x" }], "")).toEqual([]);
  });
});
