// Checks the npm package: packs it, checks its contents, installs it in an empty folder and runs it there.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./build.mjs";
import { runCommand } from "./run-command.mjs";

const WANTED = ["bin/ocpp-vcr.js", "dist/cli/main.js", "package.json", "README.md", "LICENSE"];
const UNWANTED = /^(test|bench|scripts|src)\/|\.test\.|\.tsbuildinfo$|node_modules/;

const scratch = mkdtempSync(join(tmpdir(), "ocpp-vcr-pack-"));
try {
  const { filename, files } = await pack();
  checkContents(files.map((file) => file.path));
  const elsewhere = join(scratch, "elsewhere");
  await install(elsewhere, join(scratch, filename));
  const help = await run("npx", ["--no-install", "ocpp-vcr", "--help"], elsewhere);
  for (const command of ["record", "replay"]) {
    if (!help.includes(command)) throw new Error(`its --help lacks ${command}:\n${help}`);
  }
  await useLibrary(elsewhere);
  console.log(
    `package: ${files.length} files, installs elsewhere, ocpp-vcr --help runs, the library compiles strictly and replays`,
  );
} catch (error) {
  console.error(`package: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function pack() {
  const output = await run("npm", ["pack", "--json", "--silent", "--pack-destination", scratch], root);
  const reports = JSON.parse(output.slice(output.search(/^[[{]\s*$/m), output.search(/^[\]}]\s*$/m) + 1));
  return Object.values(reports)[0];
}

function checkContents(paths) {
  const missing = WANTED.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`lacks ${missing.join(", ")}`);
  if (!paths.some((path) => path.startsWith("recordings/") && path.endsWith(".cassette"))) {
    throw new Error("lacks the sample cassettes");
  }
  if (!paths.includes("patterns/steve.yaml")) throw new Error("lacks the patterns of logs");
  const surplus = paths.filter((path) => UNWANTED.test(path));
  if (surplus.length > 0) throw new Error(`contains files that must not ship: ${surplus.join(", ")}`);
}

async function install(folder, tarball) {
  writeFileSync(join(scratch, "package.json"), JSON.stringify({ private: true }));
  await run(
    "npm",
    ["install", "--prefix", folder, "--prefer-offline", "--no-audit", "--no-fund", tarball],
    scratch,
  );
}

async function run(command, args, cwd) {
  const { code, output } = await runCommand(command, args, { cwd, shell: process.platform === "win32" });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}
/** A project that has nothing but the package: its types hold under `strict` without skipping those of packages. */
async function useLibrary(folder) {
  writeFileSync(
    join(folder, "use.mts"),
    `import { assertReplayPasses, csms, lint, readCassette, record, replay, type ReplayResult, VcrError } from "ocpp-vcr";
const backend = await csms();
const proxy = await record({ csms: backend.url, listen: "0" });
const sample = "node_modules/ocpp-vcr/recordings/sample-1.6.cassette";
const result: ReplayResult = await replay(sample, { csms: proxy.url, pace: "lockstep" });
assertReplayPasses(result);
const { identity, state } = await readCassette(sample);
const findings = await lint(sample, { profile: "field" });
const { entries } = await proxy.close();
await backend.close();
const refused: unknown = await replay("none.cassette").catch((error: unknown) => error);
if (!(refused instanceof VcrError) || refused.code !== "FILE_UNREADABLE") throw new Error("no VcrError");
if (entries < 10 || identity === null || state !== "whole" || findings.length === 0) throw new Error("odd");
`,
  );
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "false"];
  await run(process.execPath, [tsc, ...options, "use.mts"], folder);
  await run(process.execPath, ["use.mjs"], folder);
  // Without Vitest, and outside of it, ocpp-vcr/vitest loads all the same.
  writeFileSync(
    join(folder, "vitest.mjs"),
    'import { useCassette } from "ocpp-vcr/vitest";\nif (useCassette === undefined) process.exitCode = 1;\n',
  );
  await run(process.execPath, ["vitest.mjs"], folder);
}
