import { expect, test } from "vitest";
import { wrongId } from "../../../../src/rules/faults/message/wrong-id.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("wrong-id gives the message an unused id, and changes nothing else", () => {
  const { texts, outcome, draw } = tried(wrongId, {}, start, { draw: 0.25 });
  expect(texts).toEqual([start.replace('"7"', '"vcr-4000000000000"')]);
  expect([outcome, draw]).toEqual(["renumbered vcr-4000000000000", 0.25]);
});

test("wrong-id uses a given id without a draw", () => {
  const { texts, draw } = tried(wrongId, "x", '[3,"7",{}]');
  expect([texts, draw]).toEqual([['[3,"x",{}]'], null]);
});

test.each(["[3]", "no json", '{"a":1}', ""])("wrong-id does not change %j", (text) => {
  const { isUntouched, outcome } = tried(wrongId, {}, text, { message: { type: "unreadable" } });
  expect(isUntouched).toBe(true);
  expect(outcome).toMatch(/^not applied: the message (?:has no id|is no JSON array)$/);
});

test("wrong-id changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ wrong-id: { id: other } }", start, "renumbered other", start.replace('"7"', '"other"'));
});
