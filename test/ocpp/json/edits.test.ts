import fc from "fast-check";
import { expect, test } from "vitest";
import { itemInsertion, memberAddition, removals, replacement } from "../../../src/ocpp/json/edits.js";
import { splice } from "../../../src/ocpp/json/spans.js";
import { type JsonNode, readJson } from "../../../src/ocpp/json/tree.js";

const rootOf = (text: string): JsonNode => {
  const { root } = readJson(text);
  if (root === undefined) throw new Error("no JSON");
  return root;
};

test("members are added behind the others, items where they are wanted", () => {
  expect(splice(" { } ", [memberAddition(rootOf(" { } "), "a", "1")])).toBe(' {"a":1 } ');
  const object = '{"a" : 1 }';
  expect(splice(object, [memberAddition(rootOf(object), 'b"', "2")])).toBe('{"a" : 1,"b\\"":2 }');
  const list = "[1, 2]";
  const at = (index: number): string => splice(list, [itemInsertion(rootOf(list), index, "x")]);
  expect([at(0), at(1), at(2), splice("[]", [itemInsertion(rootOf("[]"), 0, "x")])]).toEqual([
    "[x,1, 2]",
    "[1, x,2]",
    "[1, 2,x]",
    "[x]",
  ]);
  expect(splice(list, [replacement(rootOf(list), "0")])).toBe("0");
});

test("whatever is removed, what stays is what JavaScript would keep", () => {
  fc.assert(
    fc.property(fc.array(fc.json(), { minLength: 1, maxLength: 6 }), fc.nat(63), (parts, mask) => {
      const indexes = new Set(parts.flatMap((_part, i) => ((mask >> i) & 1 ? [i] : [])));
      const list = `[ ${parts.join(" , ")} ]`;
      const kept = parts.filter((_part, i) => !indexes.has(i));
      expect(JSON.parse(splice(list, removals(rootOf(list), indexes)))).toEqual(
        kept.map((part) => JSON.parse(part)),
      );
      const object = `{${parts.map((part, i) => `"m${i}": ${part}`).join(" ,")}}`;
      const left = parts.flatMap((_part, i) => (indexes.has(i) ? [] : [`m${i}`]));
      expect(Object.keys(JSON.parse(splice(object, removals(rootOf(object), indexes))))).toEqual(left);
    }),
  );
});

test("nothing can be removed from what is empty or has no parts", () => {
  expect(removals(rootOf("[]"), new Set([0]))).toEqual([]);
  expect(removals(rootOf("5"), new Set([0]))).toEqual([]);
});
