// Exchanges of two recordings paired.
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
  test("exchanges with equal content are paired, with any ids", () => {
    expect(sides([meter("a", 1), meter("b", 2), meter("c", 3)], [meter("x", 1), meter("y", 3)])).toEqual([
      "a x",
      "b -",
      "c y",
    ]);
  });

  test("exchanges about the same subject are paired if their content differs", () => {
    expect(
      sides(
        ['1> [2,"a","StatusNotification",{"connectorId":1,"status":"A"}]', meter("b", 1)],
        ['1> [2,"x","StatusNotification",{"connectorId":1,"status":"F"}]', meter("y", 9)],
      ),
    ).toEqual(["a x", "b y"]);
  });

  test("exchanges are paired within their connection and direction, and new ones keep their place", () => {
    expect(
      sides(
        ['1> [2,"a","Boot",{"x":1}]', '1< [2,"b","Reset",{"type":"Soft"}]', '2> [2,"c","Boot",{"x":1}]'],
        ['1> [2,"x","Boot",{"x":1}]', '1< [2,"n","ClearCache",{}]', '2> [2,"y","Boot",{"x":1}]'],
      ),
    ).toEqual(["a x", "- n", "b -", "c y"]);
  });

  test("thousands of exchanges are paired", () => {
    const many = (from: number): readonly string[] =>
      Array.from({ length: 5_000 }, (_, i) => meter(`${from + i}`, (from + i) % 4_000));
    const pairs = sides(many(0), many(100));
    expect(pairs.length).toBeLessThan(5_500);
  });
});
