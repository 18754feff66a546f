// The guide to log patterns, followed to the letter: its YAML is written where it says, its commands run in order.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blocksOf, matchesLine, runPageWithYaml } from "../support/runs/command-blocks.js";

const page = "docs/writing-a-log-pattern.md";
const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the guide to log patterns leads from a log to the pattern that ships as an example", async () => {
  const results = await runPageWithYaml(page);
  for (const { command, expectedExit, exit, output, shown } of results) {
    expect({ command, exit, output }).toEqual({ command, exit: expectedExit, output });
    const printed = output.split("\n");
    expect(shown.filter((line) => !printed.some((one) => matchesLine(line, one)))).toEqual([]);
  }
  expect(results.filter(({ shown }) => shown.length > 0)).toHaveLength(5);
}, 60_000);

test("the last pattern of the guide is the example file", () => {
  const last = blocksOf(textOf(page)).findLast(({ language }) => language === "yaml");
  expect(last?.body).toBe(textOf("examples/logs/garage.yaml"));
});
