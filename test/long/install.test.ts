// The README's block for a machine without the checkout: packs the project and installs the package from its file.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blocksOf, runPacking } from "../support/runs/command-blocks.js";

test("the package of the README's `npm pack` installs globally and brings the command", async () => {
  const page = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const block = blocksOf(page).find(({ lines }) => lines.includes("npm pack"));
  const results = await runPacking([...(block?.lines ?? []), "ocpp-vcr --version"]);
  for (const { command, exit, output } of results)
    expect({ command, exit, output }).toEqual({ command, exit: 0, output });
  expect(results.at(-1)?.output).toBe("0.2.0\n");
});
