import { expect, test } from "vitest";
import { actionChanged } from "../../../../src/rules/faults/message/action-changed.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("action-changed sends another action with the same payload", () => {
  expect(tried(actionChanged, "StopTransaction", start).texts).toEqual([
    start.replace("StartTransaction", "StopTransaction"),
  ]);
});

test("action-changed does not change an answer, which has no action", () => {
  expect(tried(actionChanged, {}, '[3,"7",{}]').outcome).toBe("not applied: the message names no action");
});

test("action-changed changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ action-changed: {} }",
    start,
    "renamed NoSuchAction",
    start.replace("StartTransaction", "NoSuchAction"),
  );
});
