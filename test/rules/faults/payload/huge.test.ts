import { expect, test } from "vitest";
import { huge } from "../../../../src/rules/faults/payload/huge.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("huge makes the message larger by the given number of megabytes", () => {
  const { texts, outcome } = tried(huge, 2, start);
  expect(outcome).toBe("enlarged by 2097152 bytes");
  expect(texts[0]?.length).toBe(start.length + 2_097_152 + ',"filler":""'.length);
});

test.each([0, 17, "much"])("huge reports %j as an invalid number of megabytes", (megabytes) => {
  expect(reported(huge, { megabytes })).toHaveLength(1);
});

test("huge changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ huge: { megabytes: 0.001, name: x } }",
    start,
    "enlarged by 1048 bytes",
    start.replace('Z"}', `Z","x":"${"x".repeat(1048)}"}`),
  );
});
