// Names of transactions that are equal in two recordings.
import { expect, test } from "vitest";
import { tokensOf } from "../../../src/analyse/compare/exchange-tokens.js";
import { exchangesOf } from "../../../src/analyse/compare/exchanges.js";
import { nameTransactions } from "../../../src/analyse/compare/transaction-names.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const begin = (tag: string, id: number): readonly string[] => [
  `1> [2,"${tag}","StartTransaction",{"idTag":"${tag}"}]`,
  `1< [3,"${tag}",{"transactionId":${id}}]`,
];
const stop = (call: string, id: number): string =>
  `1> [2,"${call}","StopTransaction",{"transactionId":${id}}]`;

const spokenOf = (script: readonly string[]) =>
  exchangesOf(dialogueRecording(script)).map((exchange) => ({ exchange, tokens: tokensOf(exchange) }));

const namesOf = (left: readonly string[], right: readonly string[]) => {
  const [lefts, rights] = [spokenOf(left), spokenOf(right)];
  const names = nameTransactions(lefts, rights, []);
  return [lefts, rights].map((side) => side.map(({ exchange }) => names.get(exchange)));
};

test("a transaction has the name of its pair, or a name of its own without a pair", () => {
  const [left = [], right = []] = namesOf(
    [...begin("B", 1), stop("x", 1)],
    [...begin("A", 1), ...begin("B", 2), stop("x", 1), stop("y", 2)],
  );
  expect(left[1]).toBe(left[0]);
  expect(right).toEqual([right[2], left[0], right[0], left[1]]);
  expect(right[0]).not.toBe(left[0]);
});

test("an id that is used again belongs to the last transaction that began with it", () => {
  const again = [...begin("A", 0), stop("x", 0), ...begin("B", 0), stop("y", 0)];
  const [left = [], right = []] = namesOf(again, again);
  expect(left).toEqual(right);
  expect(left[1]).not.toBe(left[3]);
});

test("an id without a beginning has a name if both sides use it, else none", () => {
  expect(namesOf([stop("x", 5)], [stop("x", 5)])[0]?.[0]).toBeDefined();
  expect(namesOf([stop("x", 5)], [stop("x", 6)])).toEqual([[undefined], [undefined]]);
});

test("known pairs decide the names", () => {
  const [lefts, rights] = [spokenOf(begin("A", 1)), spokenOf([...begin("A", 1), ...begin("A", 2)])];
  const known = [{ left: lefts[0]?.exchange, right: rights[1]?.exchange }];
  const names = nameTransactions(lefts, rights, known);
  const [l, r1, r2] = [...lefts, ...rights].map(({ exchange }) => names.get(exchange));
  expect(r2).toBe(l);
  expect(r1).not.toBe(l);
});
