// Checks the rooms by their files: no folder of src/ or test/ holds more source files than its limit, and every
// room of src/ has tests in the folder of the same name below test/. `--print` lists the counts and their median.
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "./build.mjs";
import { limitOf, rooms } from "./rooms.mjs";

/** Rooms without tests of their own, and what covers their behaviour. */
const COVERED_ELSEWHERE = [
  [/^cli(\/|$)/, "test/e2e, which runs the commands as a user does"],
  [/^(relay|replay)$/, "the compiler: their files hold types alone"],
  [/^ocpp\/messages$/, "the compiler: the files are generated; the makers are tested in test/ocpp/messages"],
];

/** Folders of tests that belong to no room: whole programs, campaigns, and what tests share. */
const ROOMLESS = /^test(\/(e2e|long|support|docs|scripts|bench|examples)(\/|$)|$)/;

const sources = countFiles("src", /\.ts$/);
const tests = countFiles("test", /\.ts$/);
const testFiles = countFiles("test", /\.test\.ts$/);

const findings = [
  ...[...sources, ...tests]
    .filter(([folder, count]) => count > limitOf(folder))
    .map(
      ([folder, count]) =>
        `${folder} holds ${count} source files, ${limitOf(folder)} at most: make rooms in it`,
    ),
  ...rooms
    .map(({ name }) => name)
    .filter((name) => sources.has(`src/${name}`) && !testFiles.has(`test/${name}`))
    .filter((name) => !COVERED_ELSEWHERE.some(([pattern]) => pattern.test(name)))
    .map((name) => `src/${name} has no tests in test/${name}`),
  ...[...testFiles.keys()]
    .filter((folder) => !ROOMLESS.test(folder) && !sources.has(folder.replace(/^test/, "src")))
    .map((folder) => `${folder} tests no room: there is no ${folder.replace(/^test/, "src")}`),
];

for (const finding of findings) console.error(finding);
if (process.argv.includes("--print")) {
  for (const [folder, count] of [...sources, ...tests]) console.log(`${String(count).padStart(4)} ${folder}`);
  for (const [tree, counts] of [
    ["src", sources],
    ["test", tests],
  ]) {
    const sorted = [...counts.values()].sort((a, b) => b - a);
    const files = sorted.reduce((sum, count) => sum + count, 0);
    console.log(
      `${tree}/: ${files} files in ${sorted.length} rooms, median ${sorted[sorted.length >> 1]} a room`,
    );
  }
}
process.exitCode = findings.length > 0 ? 1 : 0;

/** Folder -> how many files with this ending are directly in it. */
function countFiles(tree, ending) {
  const counts = new Map();
  for (const entry of readdirSync(join(root, tree), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !ending.test(entry.name)) continue;
    const folder = relative(root, entry.parentPath).split(sep).join("/");
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
