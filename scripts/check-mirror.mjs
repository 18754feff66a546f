// Every source file has a test file at the same place below test/, and every test file there has its source file.
// What has none is named here, with the reason.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";
import { root } from "./build.mjs";

/** Source files without a test file of their own: a path, or a folder that ends in a slash. */
const WITHOUT_TEST = new Map([
  ["src/cli/", "the command line is tested as a user runs it, in test/e2e"],
  [
    "src/ocpp/messages/",
    "generated; every maker in it is tested in test/ocpp/messages/message-maker.test.ts",
  ],
  ["src/index.ts", "the list of public names; examples/ and their test use it"],
]);

/** Folders of tests that mirror nothing: whole programs, campaigns, and what tests share. */
const WITHOUT_SOURCE = [
  "test/e2e/",
  "test/long/",
  "test/support/",
  "test/docs/",
  "test/scripts/",
  "test/bench/",
];

const sources = filesIn("src", ".ts");
const tests = filesIn("test", ".test.ts");

const findings = [
  ...sources
    .filter((file) => !isExcused(file) && !tests.includes(testOf(file)))
    .map((file) => `${file} has no ${testOf(file)}`),
  ...tests
    .filter((file) => !WITHOUT_SOURCE.some((folder) => file.startsWith(folder)))
    .filter((file) => !sources.includes(sourceOf(file)))
    .map((file) => `${file} mirrors nothing: there is no ${sourceOf(file)}`),
  ...[...WITHOUT_TEST.keys()]
    .filter((file) => !file.endsWith("/") && sources.includes(file) && tests.includes(testOf(file)))
    .map((file) => `${file} has a test now: take it off the list in scripts/check-mirror.mjs`),
];

for (const finding of findings) console.error(finding);
process.exitCode = findings.length > 0 ? 1 : 0;

function isExcused(file) {
  return (
    declaresTypesAlone(file) ||
    WITHOUT_TEST.has(file) ||
    [...WITHOUT_TEST.keys()].some((key) => key.endsWith("/") && file.startsWith(key))
  );
}

/** Whether nothing of the file is left at run time; then the compiler is its test. */
function declaresTypesAlone(file) {
  const { outputText } = ts.transpileModule(readFileSync(join(root, file), "utf8"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, removeComments: true },
  });
  return file.endsWith(".d.ts") || outputText.trim() === "export {};";
}

function testOf(file) {
  return file.replace(/^src\//, "test/").replace(/\.ts$/, ".test.ts");
}

function sourceOf(file) {
  return file.replace(/^test\//, "src/").replace(/\.test\.ts$/, ".ts");
}

function filesIn(folder, ending) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
