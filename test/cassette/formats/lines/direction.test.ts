// Directions that logs get wrong.
import { describe, expect, test } from "vitest";
import {
  DirectionFinder,
  directionOfAction,
  isToldFromOtherSide,
} from "../../../../src/cassette/formats/lines/direction.js";

const [up, down] = ["cp-to-csms", "csms-to-cp"] as const;

test("actions of one side tell the direction, in every version", () => {
  expect(directionOfAction("Heartbeat", "1.6")).toBe(up);
  expect(directionOfAction("Reset", "1.6")).toBe(down);
  expect(directionOfAction("TransactionEvent", "1.6")).toBe(up);
  expect(directionOfAction("DataTransfer", "1.6")).toBeUndefined();
  expect(directionOfAction("Nonsense", "1.6")).toBeUndefined();
});

describe("DirectionFinder", () => {
  test("corrects CALLs by their action and answers by their CALL", () => {
    const finder = new DirectionFinder("1.6");
    expect(finder.find({ text: '[2,"1","Reset",{}]', told: up })).toBe(down);
    expect(finder.find({ text: '[3,"1",{}]', told: down })).toBe(up);
    expect(finder.find({ text: '[2,"2","Heartbeat",{}]', told: undefined })).toBe(up);
    expect(finder.find({ text: '[3,"2",{}]', told: undefined })).toBe(down);
  });

  test("believes the log where nothing speaks against it", () => {
    const finder = new DirectionFinder("1.6");
    expect(finder.find({ text: '[2,"1","DataTransfer",{}]', told: down })).toBe(down);
    expect(finder.find({ text: '[3,"9",{}]', told: up })).toBe(up);
    expect(finder.find({ text: "broken", told: down })).toBe(down);
    expect(finder.find({ text: "broken", told: undefined })).toBe(up);
  });
});

test("a log of the other side has no CALL that agrees with its words", () => {
  const wrong = { text: '[2,"1","Heartbeat",{}]', told: down };
  expect(isToldFromOtherSide([wrong, wrong, wrong], "1.6")).toBe(true);
  expect(isToldFromOtherSide([wrong, wrong], "1.6")).toBe(false);
  expect(isToldFromOtherSide([wrong, wrong, wrong, { ...wrong, told: up }], "1.6")).toBe(false);
});
