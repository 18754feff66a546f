// Lines as items: matching, messages over several lines, expressions that take too long.
import { describe, expect, test } from "vitest";
import { type Attempt, itemsOfLines, matchLine } from "../../../../src/cassette/formats/lines/items.js";
import { type LinePattern, readLinePattern } from "../../../../src/cassette/formats/lines/pattern.js";

const patternOf = (plain: Readonly<Record<string, unknown>>): LinePattern => {
  const read = readLinePattern(plain, "test");
  if ("issues" in read) throw new Error(read.issues.join());
  return read.ok;
};

const always: Attempt = (work) => work();
const items = (plain: Readonly<Record<string, unknown>>, lines: readonly string[], attempt = always) => [
  ...itemsOfLines(patternOf(plain), lines, attempt),
];

const match = "^> (?:(?<identity>\\w+) )?(?<message>\\[.*|)$";

describe("itemsOfLines", () => {
  test("takes what matches, passes over what is to be ignored, refuses the rest with its place", () => {
    const lines = ["> CP1 [1]\r", "", "# note", "what?", "\u001b[32m> [2]\u001b[0m", "* new CP1"];
    expect(items({ match, ignore: "^#", opened: "^\\* new (?<identity>\\w+)" }, lines)).toEqual([
      { kind: "message", line: 1, lines: 1, values: { identity: "CP1", message: "[1]" } },
      { kind: "ignored" },
      { kind: "refused", line: 4, why: "the pattern does not match", text: "what?" },
      { kind: "message", line: 5, lines: 1, values: { message: "[2]" } },
      { kind: "opened", line: 6, lines: 1, values: { identity: "CP1" } },
    ]);
  });

  test("a message goes on until its brackets close", () => {
    const lines = ["> [2,", ' "]"', "]", "> ", "[", "3]", "rest"];
    expect(items({ match, "multi-line": true }, lines)).toMatchObject([
      { line: 1, lines: 3, values: { message: '[2,\n "]"\n]' } },
      { line: 4, lines: 3, values: { message: "[\n3]" } },
      { kind: "refused", line: 7 },
    ]);
  });

  test("a message that was cut takes nothing of what follows, or all up to where an item begins", () => {
    const lines = ["> [2,", "12:00 other", "> [3]"];
    const kinds = (plain: object) =>
      items({ match, "multi-line": true, ...plain }, lines).map(({ kind }) => kind);
    expect(kinds({})).toEqual(["message", "refused", "message"]);
    expect(kinds({ begins: "^\\d\\d:|^>" })).toEqual(["message", "refused", "message"]);
    expect(items({ match, "multi-line": true, begins: "^>" }, lines)[0]).toMatchObject({
      lines: 2,
      values: { message: "[2,\n12:00 other" },
    });
  });

  test("a line on which the pattern takes too long is refused, and after three of them all are", () => {
    let calls = 0;
    const never: Attempt = () => {
      calls++;
      return undefined;
    };
    const found = items({ match }, Array<string>(2000).fill("> [1]"), never);
    expect(found).toHaveLength(2000);
    expect(found.every(({ kind }) => kind === "refused")).toBe(true);
    expect(calls).toBe(4);
  });

  test("a line that is longer than any message is refused", () => {
    expect(items({ match }, [`> [${"1".repeat(5_000_000)}`])).toMatchObject([{ kind: "refused", line: 1 }]);
  });
});

test("groups that took no part are not there", () => {
  expect(matchLine(patternOf({ match }), "> [1]")).toEqual({ kind: "message", values: { message: "[1]" } });
});
