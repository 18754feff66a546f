// `npm run check`: checks the sources without running them, and prints one line per step. All steps run, also after a
// failure, so that one run shows everything there is to fix.
import { join } from "node:path";
import { root } from "./build.mjs";
import { runCommand } from "./run-command.mjs";

const at = (...path) => join(root, "node_modules", ...path);
const biome = at("@biomejs", "biome", "bin", "biome");
const tsc = at("typescript", "bin", "tsc");
const depcruise = at("dependency-cruiser", "bin", "dependency-cruise.mjs");
const knip = at("knip", "bin", "knip.js");

const STEPS = [
  ["format", biome, "format"],
  ["lint", biome, "lint", "--error-on-warnings"],
  ["imports sorted", biome, "check", "--formatter-enabled=false", "--linter-enabled=false"],
  ["types", tsc, "-p", "tsconfig.json", "--noEmit"],
  ["types of the pure folders", tsc, "-p", "tsconfig.pure.json"],
  ["types of the tests", tsc, "-p", "tsconfig.test.json"],
  ["import direction and circles", depcruise, "--config", ".dependency-cruiser.mjs", "src", "bin", "test"],
  ["dead code", knip, "--no-progress", "--no-config-hints"],
  ["dead code but for tests", knip, "--no-progress", "--no-config-hints", "--production"],
  ["size of the rooms and their tests", join(root, "scripts", "check-rooms.mjs")],
  ["words", join(root, "scripts", "check-words.mjs")],
  ["generated files", join(root, "scripts", "check-generated.mjs")],
  ["lock file", join(root, "scripts", "complete-lock.mjs"), "--check"],
];

let failed = 0;
for (const [name, script, ...args] of STEPS) {
  const start = performance.now();
  const { code, output, interrupted } = await runCommand(process.execPath, [script, ...args], { cwd: root });
  if (interrupted) process.exit(130);
  if (code !== 0) {
    failed += 1;
    console.log(output);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
}
console.log(failed === 0 ? "check: passed" : `check: ${failed} of ${STEPS.length} steps failed`);
process.exitCode = failed === 0 ? 0 : 1;
