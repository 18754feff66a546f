import { describe, expect, test } from "vitest";
import { comparePositions, readYaml } from "../../src/yaml/source.js";
import type { Value } from "../../src/yaml/value.js";

const read = (text: string): { value: Value | undefined; said: string[] } => {
  const said: string[] = [];
  return { value: readYaml(text, (where, code) => said.push(`${where} ${code}`)), said };
};

describe("readYaml", () => {
  test("turns YAML text into maps, lists and scalars with their positions", () => {
    const { value, said } = read("a: 007\nb:\n  - x\n  -\nc:\n");
    expect(said).toEqual([]);
    expect(value).toEqual({
      kind: "map",
      where: "1:1",
      members: [
        { key: "a", where: "1:1", value: { kind: "scalar", where: "1:4", value: 7, source: "007" } },
        {
          key: "b",
          where: "2:1",
          value: {
            kind: "list",
            where: "3:3",
            items: [
              { kind: "scalar", where: "3:5", value: "x", source: "x" },
              { kind: "scalar", where: expect.any(String), value: null, source: "" },
            ],
          },
        },
        {
          key: "c",
          where: "5:1",
          value: { kind: "scalar", where: expect.any(String), value: null, source: "" },
        },
      ],
    });
  });

  test.each([
    ["", "1:1 empty-file"],
    ["# nothing\n", "1:1 empty-file"],
    ["a: 1\nb: [", "2:5 yaml-bad-indent"],
    ["a: 1\na: 2\n", "2:1 duplicate-key"],
    ["a: &x 1\nb: *x\n", "2:4 alias"],
    ["a: !thing 1\n", "1:11 tag"],
    ["a: !!binary aGk=\n", "1:13 tag"],
    ["a: 1\n---\nb: 2\n", "2:1 yaml-multiple-docs"],
    ["? [1]\n: 2\n", "1:3 key"],
    [`${"#".repeat(1000)}\n`.repeat(1100), "1:1 file-too-large"],
    [`\n${"[".repeat(200)}`, "2:101 too-deep"],
    ["- ".repeat(5000), "1:1 line-too-long"],
    [`${"[".repeat(40)}${"]".repeat(40)}`, "1:34 too-deep"],
  ])("reports %j with its position", (text, finding) => {
    expect(read(text).said.join("\n")).toContain(finding.replace(/^\S+ /, ""));
    expect(read(text).said[0]).toMatch(/^[0-9]+:[0-9]+ /);
  });

  test("gives no value and no other error for a text that is not YAML", () => {
    const { value, said } = read("a: [");
    expect(value).toBeUndefined();
    expect(said.map((line) => line.replace(/^\S+ /, ""))).toEqual(["yaml-bad-indent"]);
  });

  test("counts lines and columns from 1", () => {
    expect(read("a: 1\na: 2\n").said).toEqual(["2:1 duplicate-key"]);
    expect(read(`\n${"[".repeat(200)}`).said).toEqual(["2:101 too-deep"]);
    expect(read("a: &x 1\nb: *x\n").said).toEqual(["2:4 alias"]);
  });

  test("reads a map of sixty thousand keys and checks each for duplicates", () => {
    const { value } = read(Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join("\n"));
    expect(value?.kind === "map" && value.members.length).toBe(60_000);
  });
});

describe("comparePositions", () => {
  test("sorts positions by line, then by column, with a missing position first", () => {
    const places = ["10:1", "2:30", "2:4", undefined, "1:1"];
    expect([...places].map((where) => where ?? "").sort(comparePositions)).toEqual([
      "",
      "1:1",
      "2:4",
      "2:30",
      "10:1",
    ]);
    expect(comparePositions(undefined, "1:1")).toBeLessThan(0);
  });
});
