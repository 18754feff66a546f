// Files that are made from others and checked in: says which are not fresh, or writes them anew with `--write`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./build.mjs";
import { adminPage } from "./generate/admin-page.mjs";
import { faultFiles } from "./generate/faults-page.mjs";
import { lintPage } from "./generate/lint-page.mjs";
import { messageFiles } from "./generate/messages.mjs";
import { validationPage } from "./generate/validation-page.mjs";

const write = process.argv.includes("--write");
// The page is made from the compiled table of rules; the messages are part of what is compiled.
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
      console.error(`${path} is not fresh: npm run generate`);
    }
  }
}
process.exitCode = stale > 0 ? 1 : 0;
