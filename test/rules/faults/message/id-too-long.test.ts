import { expect, test } from "vitest";
import { idTooLong } from "../../../../src/rules/faults/message/id-too-long.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([
  [{}, 37],
  [64, 64],
])("with %j the id has %i characters", (plain, length) => {
  const { texts, outcome } = tried(idTooLong, plain, start);
  expect(texts).toEqual([start.replace('"7"', `"${"7".padEnd(length, "x")}"`)]);
  expect(outcome).toBe(`lengthened to ${length} characters`);
});

test("id-too-long does not change an id that is longer", () => {
  const long = `[3,"${"y".repeat(50)}",{}]`;
  expect(tried(idTooLong, {}, long)).toMatchObject({
    isUntouched: true,
    outcome: "not applied: the id has 50 characters already",
  });
});

test("id-too-long refuses a length of 36 characters, which is valid", () => {
  expect(reported(idTooLong, { length: 36 })).toHaveLength(1);
});

test("id-too-long changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ id-too-long: {} }",
    start,
    "lengthened to 37 characters",
    start.replace('"7"', `"7${"x".repeat(36)}"`),
  );
});
