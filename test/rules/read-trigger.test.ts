import { expect, test } from "vitest";
import { everyMatch, readTrigger } from "../../src/rules/read-trigger.js";
import { collector, plainValue } from "./sample.js";

test("every part of a trigger is read", () => {
  const { report, said } = collector();
  const trigger = { nth: 1, every: 2, first: 3, after: 0, times: 4, probability: 0.05, per: "identity" };
  expect(readTrigger(plainValue(trigger), report)).toEqual(trigger);
  expect(said).toEqual([]);
});

test("an empty trigger fires on every match", () => {
  expect(readTrigger(plainValue({}), collector().report)).toEqual(everyMatch);
});

test("every wrong part is reported", () => {
  const { report, said } = collector();
  readTrigger(
    plainValue({ nth: 0, every: -1, first: 1.5, after: "x", times: null, probability: 2, per: "chargr" }),
    report,
  );
  expect(said).toHaveLength(7);
  expect(said[6]).toContain("valid: connection, identity, all");
});
