import { expect, test } from "vitest";
import { everyMatch, readTrigger } from "../../../src/rules/language/read-trigger.js";
import { collector, plainValue } from "../sample.js";

test("every key of a trigger is read", () => {
  const { report, said } = collector();
  const trigger = { nth: 1, every: 2, first: 3, after: 0, times: 4, probability: 0.05, per: "identity" };
  expect(readTrigger(plainValue(trigger), report)).toEqual({ ...everyMatch, ...trigger });
  expect(said).toEqual([]);
});

test("an empty trigger fires on every match", () => {
  expect(readTrigger(plainValue({}), collector().report)).toEqual(everyMatch);
});

test("every invalid key of a trigger is reported", () => {
  const { report, said } = collector();
  readTrigger(
    plainValue({ nth: 0, every: -1, first: 1.5, after: "x", times: null, probability: 2, per: "chargr" }),
    report,
  );
  expect(said).toHaveLength(7);
  expect(said[6]).toContain("valid: connection, identity, exchange, all");
});

test("toxicity is another word for probability, and durations become nanoseconds", () => {
  const { report, said } = collector();
  const trigger = { toxicity: 0.5, window: "10s", ttl: "1h", per: "exchange" };
  expect(readTrigger(plainValue(trigger), report)).toEqual({
    ...everyMatch,
    probability: 0.5,
    window: 10e9,
    ttl: 3600e9,
    per: "exchange",
  });
  expect(readTrigger(plainValue({ schedule: { at: ["1m", "5s"] } }), report)?.schedule).toEqual({
    kind: "at",
    times: [5e9, 60e9],
  });
  expect(readTrigger(plainValue({ schedule: { every: "30s" } }), report)?.schedule).toEqual({
    kind: "every",
    period: 30e9,
  });
  expect(said).toEqual([]);
});

test.each([
  [{ toxicity: 0.1, probability: 0.1 }, "another word"],
  [{ idle: "4m", schedule: { every: "1m" } }, "two triggers"],
  [{ idle: 0 }, "longer than 0"],
  [{ schedule: {} }, "either every or at"],
  [{ schedule: { every: 0 } }, "longer than 0"],
  [{ schedule: { at: [] } }, "contains no time"],
])("%j is reported", (trigger, message) => {
  const { report, said } = collector();
  readTrigger(plainValue(trigger), report);
  expect(said.join("\n")).toContain(message);
});
