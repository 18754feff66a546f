// Makes a checkout ready to run: installs the packages and builds, each only if needed. Runs before anything is
// installed, so it uses Node alone. Prints one line on stderr for each step that it did.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, isBuilt, lockFolder, root } from "./build.mjs";
import { oneAtATime } from "./one-at-a-time.mjs";
import { runCommand } from "./run-command.mjs";

/** In node_modules, so that it is removed with them. */
const stampFile = join(root, "node_modules", ".ocpp-vcr-stamp");
/** Settings of an outer npm that would keep ours from installing everything. */
const OUTER_SETTINGS =
  /^npm_config_(dry_run|global|location|omit|only|production|package_lock|package_lock_only)$/i;

async function bootstrap() {
  if (!existsSync(join(root, "src"))) return 0;
  if (!existsSync(lockFolder) && isInstalled() && isBuilt()) return 0;
  return await oneAtATime(lockFolder, setUp, (pid) =>
    printStep(`waiting for another set-up to end${pid === undefined ? "" : ` (process ${pid})`}`),
  );
}

async function setUp(onStart) {
  if (!isInstalled()) {
    const code = await step("installed the packages", () => install(onStart));
    if (code !== 0) return code;
  }
  return isBuilt() ? 0 : await step("built dist/", () => build(onStart));
}

async function step(done, work) {
  const start = performance.now();
  const { code, output, interrupted } = await work();
  if (interrupted) return 130;
  if (code === 0) printStep(`${done} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  else process.stderr.write(`${output}\n`);
  return code;
}

/** Whether the packages of the lock file are installed: by this script (the stamp), or by a complete `npm ci`. */
function isInstalled() {
  const stamp = readIfThere(stampFile);
  if (stamp !== undefined) return stamp === wantedStamp();
  if (!holdsWholeLock()) return false;
  writeFileSync(stampFile, wantedStamp());
  return true;
}

function wantedStamp() {
  const lock = createHash("sha256").update(readIfThere(join(root, "package-lock.json")) ?? "");
  return `${lock.digest("hex")} node ${process.versions.node.split(".")[0]} abi ${process.versions.modules}\n`;
}

/** Whether node_modules has every package of the lock file. npm writes its own list of them last. */
function holdsWholeLock() {
  const found = readIfThere(join(root, "node_modules", ".package-lock.json"));
  const wanted = readIfThere(join(root, "package-lock.json"));
  if (found === undefined || wanted === undefined) return false;
  const installed = JSON.parse(found).packages;
  return Object.entries(JSON.parse(wanted).packages)
    .filter(([path, { optional }]) => path !== "" && optional !== true)
    .every(([path, { version }]) => installed[path]?.version === version);
}

async function install(onStart) {
  let result = await npm(onStart, "ci", "--include=dev");
  if (result.code !== 0 && !result.interrupted) {
    printStep("`npm ci` failed, trying `npm install`");
    const first = result.output;
    result = await npm(onStart, "install", "--no-save", "--include=dev");
    if (result.code !== 0) result.output = `${first}\n${result.output}`;
  }
  if (result.code === 0) writeFileSync(stampFile, wantedStamp());
  return result;
}

/** Runs the npm that runs this script, or else the one on the PATH. */
function npm(onStart, ...args) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER_SETTINGS.test(name)));
  const ours = process.env.npm_execpath ?? "";
  if (basename(ours) === "npm-cli.js" && existsSync(ours)) {
    return runCommand(process.execPath, [ours, ...args], { cwd: root, env, onStart });
  }
  return runCommand("npm", args, { cwd: root, env, onStart, shell: process.platform === "win32" });
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function printStep(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

process.exitCode = await bootstrap();
