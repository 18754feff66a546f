// Scalars in their places, and edits that change nothing else.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonPath, type Leaf, leavesOf, matchesPath, splice } from "../../../src/ocpp/json/spans.js";

const told = (json: string): readonly (readonly [JsonPath, string])[] =>
  leavesOf(json).map((leaf) => [leaf.path, leaf.source]);

/** The scalars of a value, as JSON.parse sees them. */
const scalarsOf = (value: unknown, path: JsonPath = []): readonly (readonly [JsonPath, unknown])[] => {
  if (typeof value !== "object" || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => scalarsOf(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => scalarsOf(item, [...path, key]));
};

const spaced = (json: string): string => JSON.stringify(JSON.parse(json), undefined, "\t");

describe("leavesOf", () => {
  test("tells every scalar with its path, as it is spelled", () => {
    expect(
      told('[2,"1","StartTransaction", {"transactionId": 9223372036854775807,"v":[12.50,-1E+2,true,null]}]'),
    ).toEqual([
      [[0], "2"],
      [[1], '"1"'],
      [[2], '"StartTransaction"'],
      [[3, "transactionId"], "9223372036854775807"],
      [[3, "v", 0], "12.50"],
      [[3, "v", 1], "-1E+2"],
      [[3, "v", 2], "true"],
      [[3, "v", 3], "null"],
    ]);
  });

  test("tells keys given twice twice, and odd keys as they are", () => {
    expect(told('{"a":1,"a":2,"__proto__":3,"b\\u0041":4,"":5}')).toEqual([
      [["a"], "1"],
      [["a"], "2"],
      [["__proto__"], "3"],
      [["bA"], "4"],
      [[""], "5"],
    ]);
  });

  test("counts positions after a byte order mark", () => {
    expect(leavesOf("\uFEFF[1]")).toEqual([{ path: [0], offset: 2, length: 1, source: "1" }]);
  });

  test.each([
    [
      '[1,"two"',
      [
        [[0], "1"],
        [[1], '"two"'],
      ],
    ],
    ['{"a":1,"b":"cut', [[["a"], "1"]]],
    ['{"list":[,{"value":"10"}]}', [[["list", 1, "value"], '"10"']]],
    ["[1,?,2]", [[[0], "1"]]],
    ["", []],
    ["]]}}1", [[[], "1"]]],
  ] as const)("tells of %j what comes before the break", (json, leaves) => {
    expect(told(json)).toEqual(leaves);
  });

  test("agrees with JSON.parse on every value, dense or spaced", () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (dense, space) => {
        const json = space ? spaced(dense) : dense;
        const leaves = leavesOf(json);
        expect(leaves.map((leaf) => [leaf.path, JSON.parse(leaf.source)])).toEqual(
          scalarsOf(JSON.parse(json)),
        );
        for (const leaf of leaves)
          expect(json.slice(leaf.offset, leaf.offset + leaf.length)).toBe(leaf.source);
      }),
      { numRuns: 300 },
    );
  });

  test("is total", () => {
    const almost = fc.array(fc.constantFrom("[", "]", "{", "}", ",", ":", '"', "\\", "1", '"a"', "nul", " "));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          almost.map((parts) => parts.join("")),
        ),
        (json) => {
          for (const leaf of leavesOf(json))
            expect(json.slice(leaf.offset, leaf.offset + leaf.length)).toBe(leaf.source);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("tells nothing below 512 levels, and goes on after them", () => {
    const deep = (levels: number): string => `{"in":${"[".repeat(levels)}7${"]".repeat(levels)},"after":8}`;
    expect(told(deep(511)).map(([, source]) => source)).toEqual(["7", "8"]);
    expect(told(deep(512))).toEqual([[["after"], "8"]]);
    expect(told(deep(1_000_000))).toEqual([[["after"], "8"]]);
  });

  test("follows a text of millions of escapes", () => {
    expect(leavesOf(`["${"\\n".repeat(5_000_000)}",1]`)).toHaveLength(2);
  });
});

describe("matchesPath", () => {
  test("takes a star for any one step", () => {
    expect(matchesPath([3, "meterValue", 0, "timestamp"], [3, "meterValue", "*", "timestamp"])).toBe(true);
    expect(matchesPath([3, "transactionId"], [3, "transactionId"])).toBe(true);
    expect(matchesPath([3, "a", "b"], [3, "*"])).toBe(false);
    expect(matchesPath([3], [3, "*"])).toBe(false);
    expect(matchesPath(["3"], [3])).toBe(false);
  });
});

describe("splice", () => {
  const edit = (leaf: Leaf, put: string) => ({ offset: leaf.offset, length: leaf.length, put });

  test("puts a live id in place of a recorded one and leaves every other character", () => {
    const before =
      '[2,"7","MeterValues",{ "transactionId" : 9223372036854775807, "z":1,"a":12.50, "big":1E400 }]';
    const leaf = leavesOf(before).find(({ path }) => matchesPath(path, [3, "transactionId"]));
    if (leaf === undefined) throw new Error("the transaction id is not found");
    expect(splice(before, [edit(leaf, "42")])).toBe(before.replace("9223372036854775807", "42"));
    expect(
      splice(splice(before, [edit(leaf, "42")]), [{ offset: leaf.offset, length: 2, put: leaf.source }]),
    ).toBe(before);
  });

  test("applies edits in whatever order they are given", () => {
    const edits = leavesOf("[1,2,3]").map((leaf) => edit(leaf, `${leaf.source}0`));
    expect(splice("[1,2,3]", edits)).toBe("[10,20,30]");
    expect(splice("[1,2,3]", [...edits].reverse())).toBe("[10,20,30]");
  });

  test("gives the text itself without edits, and with edits that put what stands there", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(splice(json, [])).toBe(json);
        expect(
          splice(
            json,
            leavesOf(json).map((leaf) => edit(leaf, leaf.source)),
          ),
        ).toBe(json);
      }),
    );
  });

  test("changes exactly the scalar that was meant", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.jsonValue({ maxDepth: 0 }), (json, choice, value) => {
        const leaves = leavesOf(json);
        const chosen = choice % Math.max(1, leaves.length);
        const leaf = leaves[chosen];
        fc.pre(leaf !== undefined);
        if (leaf === undefined) return;
        const after = splice(json, [edit(leaf, JSON.stringify(value))]);
        expect(told(after)).toEqual(
          told(json).map(([path, source], i) => [path, i === chosen ? JSON.stringify(value) : source]),
        );
      }),
    );
  });
});
