import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writePointer } from "../../../../src/ocpp/json/pointer.js";
import { leavesOf } from "../../../../src/ocpp/json/spans.js";
import { readJson } from "../../../../src/ocpp/json/tree.js";
import type { Fault } from "../../../../src/rules/contract/fault.js";
import {
  editPayload,
  isScalar,
  pick,
  scalarsIn,
  valuesAt,
  valuesIn,
} from "../../../../src/rules/faults/edit/edit-payload.js";
import { removeValue } from "../../../../src/rules/faults/payload/remove.js";
import { setValue } from "../../../../src/rules/faults/payload/set.js";
import { tooDeep } from "../../../../src/rules/faults/payload/too-deep.js";
import { typeSwap } from "../../../../src/rules/faults/payload/type-swap.js";
import { textFrame } from "../../sample.js";
import { tried } from "../trial.js";

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

test("the last of several members with the same name counts", () => {
  expect(valuesAt(root, ["twice"])[0]?.node.value).toBe(2);
});

test("all values are listed, outer ones first, and so are the scalars", () => {
  expect(valuesIn(root)).toHaveLength(10);
  expect(scalarsIn(root).map(({ node }) => node.value)).toEqual([null, 2, 4, 3, 1, "2"]);
  expect(isScalar(rootOf("[]"))).toBe(false);
});

test("a draw picks one of several items, and nothing from an empty list", () => {
  expect([0, 0.4, 0.99, 1].map((drawn) => pick(["a", "b", "c"], drawn))).toEqual(["a", "b", "c", "c"]);
  expect(pick([], 0.5)).toBeUndefined();
});

test("a message without a payload is not changed", () => {
  const made = editPayload([textFrame('[4,"1","E","",{}]').raw], () => ({ edits: [], outcome: "x" }));
  expect(made.outcome).toBe("not applied: the message has no payload");
});

const applied =
  <Settings>(fault: Fault<Settings>, plain: unknown) =>
  (message: string): string =>
    tried(fault, plain, message).texts[0] ?? "";

describe("what is not touched keeps its bytes", () => {
  /** Any JSON, with blanks where JSON allows them and texts that need escapes. */
  const anyPayload = fc
    .tuple(fc.json({ maxDepth: 3, stringUnit: "binary" }), fc.constantFrom("", " ", "\n\t"))
    .map(
      ([json, blank]) =>
        `{${blank}"p"${blank}:${blank}${json.replace(/\\u([0-9a-f]{4})/g, "\\u$1")}${blank}}`,
    );

  test.each([
    ["set", (path: string) => applied(setValue, { path, value: 1 })],
    ["type-swap", (path: string) => applied(typeSwap, { path })],
    ["too-deep", (path: string) => applied(tooDeep, { path, levels: 2 })],
    ["remove", (path: string) => applied(removeValue, { path })],
  ])("by %s", (name, how) => {
    fc.assert(
      fc.property(anyPayload, fc.nat(), (payload, which) => {
        const message = ` [2,"1" ,"A",${payload}]`;
        const leaves = leavesOf(message).slice(3);
        const leaf = leaves[which % Math.max(1, leaves.length)];
        if (leaf === undefined) return;
        const same = leaves.filter(({ path }) => path.join() === leaf.path.join());
        fc.pre(same.length === 1 && !leaf.path.includes("*"));
        const after = how(writePointer(leaf.path.slice(1)))(message);
        const [before, behind] = [message.slice(0, leaf.offset), message.slice(leaf.offset + leaf.length)];
        if (name === "remove") {
          // Its name, a comma and the blanks between them go as well.
          expect(after.length).toBeLessThan(message.length);
          const kept = leavesOf(after).map(({ source }) => source);
          expect(kept).toEqual(
            leavesOf(message)
              .filter((each) => each !== undefined && each.offset !== leaf.offset)
              .map(({ source }) => source),
          );
          return;
        }
        expect(after.startsWith(before)).toBe(true);
        expect(after.endsWith(behind)).toBe(true);
      }),
    );
  });
});
