import { describe, expect, test } from "vitest";
import {
  authorised,
  energy,
  meter16,
  type Story,
  start16,
  startAnswer,
} from "../../../support/cassettes/story.js";

const power = (value: number, phase?: string): Record<string, unknown> => ({
  value: String(value),
  measurand: "Power.Active.Import",
  unit: "kW",
  ...(phase === undefined ? {} : { phase }),
});

const session = (
  ...readings: readonly (readonly [at: number, ...Record<string, unknown>[]])[]
): readonly string[] => {
  const story: Story = authorised().call(10, "StartTransaction", start16(10), startAnswer());
  for (const [at, ...sampled] of readings) story.call(at, "MeterValues", meter16(at, sampled), {});
  return story.codes().filter((code) => code !== "event station-offline");
};

describe("energy that no power explains", () => {
  test("energy above what the power allows is a smell", () => {
    expect(session([60, energy(0), power(11)], [660, energy(9000), power(11)])).toEqual(["smell meter-jump"]);
  });

  test("energy that the power of all phases explains is not a finding", () => {
    expect(session([60, energy(0), power(11)], [660, energy(1834), power(11)])).toEqual([]);
    const phases = [power(3.7, "L1"), power(3.7, "L2"), power(3.7, "L3")];
    expect(session([60, energy(0), ...phases], [660, energy(1834), ...phases])).toEqual([]);
  });

  test("steps of more than 15 minutes, or without power or energy, are not judged", () => {
    expect(session([60, energy(0), power(11)], [1000, energy(9000), power(11)])).toEqual([]);
    expect(session([60, energy(0)], [660, energy(9000), power(11)])).toEqual([]);
  });
});
