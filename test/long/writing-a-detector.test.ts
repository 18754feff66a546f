// docs/writing-a-detector.md, followed to the letter in a copy of the checkout.
import { expect, test } from "vitest";
import { followPage, matchesLine } from "../support/runs/command-blocks.js";

test("the detector of docs/writing-a-detector.md works in lint, lint --explain and record --live", async () => {
  const results = await followPage("docs/writing-a-detector.md");
  for (const { command, expectedExit, exit, output, shown } of results) {
    expect({ command, exit, output }).toEqual({ command, exit: expectedExit, output });
    const printed = output.split("\n");
    expect(shown.filter((line) => !printed.some((one) => matchesLine(line, one)))).toEqual([]);
  }
  const outputOf = (part: string): string =>
    results.find(({ command }) => command.includes(part))?.output ?? "";
  expect(outputOf("npm run generate")).toContain("wrote docs/reference/lint.md");
  expect(outputOf("npx vitest run")).toContain("0 failed");
  const recorded = results.filter(({ command }) => command === "a command in the background");
  expect(recorded.map(({ output }) => output).join("")).toMatch(
    /event charger-model BootNotification: the charger booted as/,
  );
});
