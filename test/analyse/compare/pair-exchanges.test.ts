// Exchanges laid side by side.
import { describe, expect, test } from "vitest";
import { exchangesOf } from "../../../src/analyse/compare/exchanges.js";
import { pairExchanges } from "../../../src/analyse/compare/pair-exchanges.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const sides = (left: readonly string[], right: readonly string[]): readonly string[] =>
  pairExchanges(exchangesOf(dialogueRecording(left)), exchangesOf(dialogueRecording(right))).map(
    (pair) => `${pair.left?.id ?? "-"} ${pair.right?.id ?? "-"}`,
  );

const meter = (id: string, value: number): string =>
  `1> [2,"${id}","MeterValues",{"connectorId":1,"v":${value}}]`;

describe("exchanges of two recordings", () => {
  test("meet by what they say, whatever their ids", () => {
    expect(sides([meter("a", 1), meter("b", 2), meter("c", 3)], [meter("x", 1), meter("y", 3)])).toEqual([
      "a x",
      "b -",
      "c y",
    ]);
  });

  test("meet by what they are about where they say something else", () => {
    expect(
      sides(
        ['1> [2,"a","StatusNotification",{"connectorId":1,"status":"A"}]', meter("b", 1)],
        ['1> [2,"x","StatusNotification",{"connectorId":1,"status":"F"}]', meter("y", 9)],
      ),
    ).toEqual(["a x", "b y"]);
  });

  test("stay in the lane of their connection and direction, new ones where they came", () => {
    expect(
      sides(
        ['1> [2,"a","Boot",{"x":1}]', '1< [2,"b","Reset",{"type":"Soft"}]', '2> [2,"c","Boot",{"x":1}]'],
        ['1> [2,"x","Boot",{"x":1}]', '1< [2,"n","ClearCache",{}]', '2> [2,"y","Boot",{"x":1}]'],
      ),
    ).toEqual(["a x", "- n", "b -", "c y"]);
  });

  test("number in the thousands, and still meet", () => {
    const many = (from: number): readonly string[] =>
      Array.from({ length: 5_000 }, (_, i) => meter(`${from + i}`, (from + i) % 4_000));
    const pairs = sides(many(0), many(100));
    expect(pairs.length).toBeLessThan(5_500);
  });
});
