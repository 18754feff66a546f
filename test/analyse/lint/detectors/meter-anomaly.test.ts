import { describe, expect, test } from "vitest";
import {
  authorised,
  clockTime,
  energy,
  meter16,
  type Story,
  start16,
  startAnswer,
  stop16,
} from "../../../support/cassettes/story.js";

type Reading = readonly [at: number, ...sampled: readonly Record<string, unknown>[]];

const session = (readings: readonly Reading[], meterStop = 9000, meterStart = 0): Story => {
  const story = authorised().call(10, "StartTransaction", start16(10, meterStart), startAnswer());
  for (const [at, ...sampled] of readings) story.call(at, "MeterValues", meter16(at, sampled), {});
  return story.call(900, "StopTransaction", stop16(900, meterStop), {});
};

describe("meters that run backwards", () => {
  test("a register that decreases within a transaction is a smell", () => {
    expect(
      session([
        [60, energy(5000)],
        [120, energy(3000)],
      ]).codes(),
    ).toEqual(["smell meter-anomaly"]);
  });

  test("a decreasing register with default measurand and unit is a smell", () => {
    expect(
      session([
        [60, { value: "5000" }],
        [120, { value: "3000" }],
      ]).codes(),
    ).toEqual(["smell meter-anomaly"]);
  });

  test("meterStop below meterStart is a smell", () => {
    expect(session([[60, energy(120)]], 99, 101).codes()).toEqual(["smell meter-anomaly"]);
    expect(session([[60, energy(120)]], 100, 101).codes()).toEqual([]);
  });

  test("registers in other units, phases or locations, and steps below a digit, are not findings", () => {
    expect(
      session([
        [60, energy("5.000", "kWh"), energy(5000)],
        [120, energy("5.100", "kWh"), energy(5100)],
      ]).codes(),
    ).toEqual([]);
    const phase = (name: string, value: number): Record<string, unknown> => ({
      ...energy(value),
      phase: name,
    });
    expect(
      session([
        [60, phase("L1", 500), phase("L2", 300)],
        [120, phase("L1", 600), phase("L2", 301)],
      ]).codes(),
    ).toEqual([]);
    expect(
      session([
        [60, energy("5.0", "kWh")],
        [120, energy("4.9", "kWh")],
      ]).codes(),
    ).toEqual([]);
  });

  test("registers are compared in the order of sampling", () => {
    const story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
    story.call(130, "MeterValues", meter16(120, [energy(3000)]), {});
    story.call(140, "MeterValues", meter16(60, [energy(2000)]), {});
    expect(story.call(900, "StopTransaction", stop16(900, 9000), {}).codes()).toEqual([
      "smell offline-order",
    ]);
  });

  test("a single 0 is a smell of its own", () => {
    expect(
      session([
        [60, energy(5000)],
        [120, energy(0)],
        [180, energy(5100)],
      ]).codes(),
    ).toEqual(["smell meter-zero"]);
  });

  test("a lower meter in the next transaction is an event", () => {
    const story = session([[60, energy(5000)]]).call(
      1000,
      "StartTransaction",
      start16(1000, 0),
      startAnswer(8),
    );
    expect(story.codes()).toEqual(["event meter-lower-than-before", "event station-offline"]);
  });

  test("registers are not compared across a gap or outside of a transaction", () => {
    const story = authorised();
    story.call(60, "MeterValues", meter16(60, [energy(5000)]), {}).gap(90);
    story.call(120, "MeterValues", meter16(120, [energy(3000)]), {});
    expect(story.codes()).toEqual([]);
    const clockAligned = (at: number, value: number): Record<string, unknown> => ({
      connectorId: 1,
      meterValue: [{ timestamp: clockTime(at), sampledValue: [energy(value)] }],
    });
    const idle = authorised().call(60, "MeterValues", clockAligned(60, 9), {});
    expect(idle.call(120, "MeterValues", clockAligned(120, 3), {}).codes()).toEqual([]);
  });
});
