// The examples of library use, run as they stand. The rule files among them are read in test/rules/examples.
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const printed: Readonly<Record<string, string>> = { "read-cassette.mjs": "1 x StartTransaction" };

test.each(readdirSync(`${root}/examples`).filter((name) => name.endsWith(".mjs")))(
  "the example %s runs and exits with 0",
  async (name) => {
    const { stdout } = await run(process.execPath, [`examples/${name}`, "recordings/sample-1.6.cassette"], {
      cwd: root,
    });
    expect(stdout).toContain(printed[name] ?? "every example has a line here");
  },
);
