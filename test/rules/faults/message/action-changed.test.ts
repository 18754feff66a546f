import { expect, test } from "vitest";
import { actionChanged } from "../../../../src/rules/faults/message/action-changed.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("names another action over the same payload", () => {
  expect(tried(actionChanged, "StopTransaction", start).texts).toEqual([
    start.replace("StartTransaction", "StopTransaction"),
  ]);
});

test("leaves an answer alone, which names none", () => {
  expect(tried(actionChanged, {}, '[3,"7",{}]').outcome).toBe("not applied: the message names no action");
});

test("goes out so, and the cassette says it", () => {
  onTheWire(
    "{ action-changed: {} }",
    start,
    "renamed NoSuchAction",
    start.replace("StartTransaction", "NoSuchAction"),
  );
});
