import { expect, test } from "vitest";
import { clockSkew } from "../../../../src/rules/faults/payload/clock-skew.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([
  ["-2h", "2026-01-02T01:04:05.25Z"],
  ["90s", "2026-01-02T03:05:35.25Z"],
  ["+250ms", "2026-01-02T03:04:05.50Z"],
])("%s: %s", (by, time) => {
  expect(tried(clockSkew, by, start).texts).toEqual([start.replace("2026-01-02T03:04:05.25Z", time)]);
});

test("clock-skew moves all times, keeps their format, and changes nothing else", () => {
  const text =
    '[2,"1","MeterValues",{"a":[{"timestamp":"2026-12-31T23:59:59+03:00"},{"timestamp":"2026-12-31 23:59:59"}],"b":"2026","c":5}]';
  expect(tried(clockSkew, "1s", text)).toMatchObject({
    outcome: "skewed 2 times by 1000 ms",
    texts: [
      '[2,"1","MeterValues",{"a":[{"timestamp":"2027-01-01T00:00:00+03:00"},{"timestamp":"2027-01-01 00:00:00"}],"b":"2026","c":5}]',
    ],
  });
});

test.each([{}, "soon", { by: 5 }, "0s", "--1s"])("clock-skew reports the invalid settings %j", (plain) => {
  expect(reported(clockSkew, plain)).not.toEqual([]);
});

test("clock-skew changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ clock-skew: { by: -1h } }",
    start,
    "skewed 1 time by -3600000 ms",
    start.replace("T03", "T02"),
  );
});
