// Generated files that are checked in: lists those that are out of date, or writes them with `--write`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./build.mjs";
import { adminPage } from "./generate/admin-page.mjs";
import { faultFiles } from "./generate/faults-page.mjs";
import { lintPage } from "./generate/lint-page.mjs";
import { messageFiles } from "./generate/messages.mjs";
import { validationPage } from "./generate/validation-page.mjs";

const write = process.argv.includes("--write");
// The messages come first: they are part of what is compiled, and the pages are made from compiled tables.
const makers = [messageFiles, validationPage, lintPage, faultFiles, adminPage];

let stale = 0;
for (const make of makers) {
  for (const [path, text] of await make()) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    if (write) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      console.log(`wrote ${path}`);
    } else {
      stale += 1;
      console.error(`${path} is out of date: npm run generate`);
    }
  }
}
process.exitCode = stale > 0 ? 1 : 0;
