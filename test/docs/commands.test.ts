// Every command block of the README, the guides and some reference pages, run as it stands.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { matchesLine, runPage } from "../support/runs/command-blocks.js";

const guides = fileURLToPath(new URL("../../docs/guides", import.meta.url));
const pages = [
  "README.md",
  "docs/README.md",
  "docs/reference/import.md",
  "docs/reference/sweep.md",
  ...(existsSync(guides) ? readdirSync(guides) : [])
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/guides/${name}`),
];

// Side by side: most of a page's time is the start of one program after the other.
test.concurrent.each(pages)(
  "the commands of %s do what the page says",
  { timeout: 120_000 },
  async (page) => {
    const results = await runPage(page);
    expect(results.length).toBeGreaterThan(0);
    for (const { command, expectedExit, exit, output, shown } of results) {
      expect({ command, exit, output }).toEqual({ command, exit: expectedExit, output });
      const printed = output.split("\n");
      const missing = shown.filter((line) => !printed.some((candidate) => matchesLine(line, candidate)));
      expect({ missing, printed: missing.length > 0 ? printed : [] }).toEqual({ missing: [], printed: [] });
    }
  },
);
