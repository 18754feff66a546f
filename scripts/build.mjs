// Compiles src/ to dist/ with the local tsc, and removes outputs whose source is gone. A digest of the sources, kept in
// .bootstrap/built, lets bootstrap.mjs skip a build that is up to date.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { oneAtATime } from "./one-at-a-time.mjs";
import { runCommand } from "./run-command.mjs";

/** The checkout that these scripts belong to. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The lock that keeps two set-ups of one checkout apart. */
export const lockFolder = join(root, ".bootstrap", "lock");

const note = join(root, ".bootstrap", "built");
const dist = join(root, "dist");

/** Whether dist/ matches the sources. */
export function isBuilt() {
  return readIfThere(note) === sourceDigest() && outputs().every((file) => existsSync(join(dist, file)));
}

/** Compiles. Returns the result of `runCommand`. */
export async function build(onStart) {
  const digest = sourceDigest();
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const result = await runCommand(process.execPath, [tsc, "-p", join(root, "tsconfig.json")], {
    cwd: root,
    onStart,
  });
  if (result.code === 0) {
    removeStale();
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, digest);
  }
  return result;
}

function sourceDigest() {
  const hash = createHash("sha256");
  const files = ["package-lock.json", "tsconfig.json", ...sources().map((file) => join("src", file))];
  for (const file of files) hash.update(`${file}\0`).update(readIfThere(join(root, file)) ?? "");
  return hash.digest("hex");
}

function sources() {
  return filesIn(join(root, "src")).filter((file) => file.endsWith(".ts"));
}

/** The files that tsc writes, relative to dist/. */
function outputs() {
  return sources()
    .filter((file) => !file.endsWith(".d.ts"))
    .flatMap((file) => [file.replace(/\.ts$/, ".js"), file.replace(/\.ts$/, ".d.ts")]);
}

function removeStale() {
  const wanted = new Set(outputs());
  for (const file of filesIn(dist)) if (!wanted.has(file)) rmSync(join(dist, file));
}

/** Every file below a folder, relative to it, sorted. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code, output } = await oneAtATime(lockFolder, build);
  if (output !== "") console.error(output);
  process.exitCode = code;
}
