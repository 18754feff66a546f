import { expect, test } from "vitest";
import { readJson } from "../../../src/ocpp/json-tree.js";
import {
  editPayload,
  isScalar,
  pick,
  scalarsIn,
  valuesAt,
  valuesIn,
} from "../../../src/rules/faults/edit-payload.js";
import { textFrame } from "../sample.js";

const rootOf = (text: string) => {
  const { root } = readJson(text);
  if (root === undefined) throw new Error("no JSON");
  return root;
};

const root = rootOf('{"a":[{"b":1},{"b":"2"},3],"a/b":null,"twice":1,"twice":2,"*":4}');

test.each([
  [["a", "0", "b"], ["/a/0/b"]],
  [
    ["a", "*", "b"],
    ["/a/0/b", "/a/1/b"],
  ],
  [["a/b"], ["/a~1b"]],
  [["*"], ["/*"]],
  [["twice"], ["/twice"]],
  [[], [""]],
  [["a", "3"], []],
  [["a", "0", "b", "c"], []],
])("%j leads to %j", (steps, pointers) => {
  expect(valuesAt(root, steps).map(({ pointer }) => pointer)).toEqual(pointers);
});

test("of a name given twice the last one counts", () => {
  expect(valuesAt(root, ["twice"])[0]?.node.value).toBe(2);
});

test("all values come outer ones first, and the scalars among them", () => {
  expect(valuesIn(root)).toHaveLength(10);
  expect(scalarsIn(root).map(({ node }) => node.value)).toEqual([null, 2, 4, 3, 1, "2"]);
  expect(isScalar(rootOf("[]"))).toBe(false);
});

test("a draw picks one of several, and none of none", () => {
  expect([0, 0.4, 0.99, 1].map((drawn) => pick(["a", "b", "c"], drawn))).toEqual(["a", "b", "c", "c"]);
  expect(pick([], 0.5)).toBeUndefined();
});

test("a message without a payload is left alone", () => {
  const made = editPayload([textFrame('[4,"1","E","",{}]').raw], () => ({ edits: [], outcome: "x" }));
  expect(made.outcome).toBe("not applied: the message has no payload");
});
