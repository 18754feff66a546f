// The patterns of logs: those that ship with the program, by name, and files of users in YAML or JSON.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { errorText, VcrError } from "../../base/errors.js";
import { type LinePattern, readLinePattern } from "../../cassette/formats/lines/pattern.js";
import { nearest } from "../../text/nearest.js";

const folder = fileURLToPath(new URL("../../../patterns/", import.meta.url));
const largest = 0x10_0000;

const nameOf = (path: string): string => basename(path, extname(path));

/** The names of the patterns that ship, in alphabetical order. */
export function shippedPatterns(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map(nameOf)
    .sort();
}

const unfit = (path: string, issues: readonly string[], cause?: unknown): VcrError =>
  new VcrError(
    "USAGE",
    `the pattern ${path} cannot be used: ${issues.slice(0, 20).join("; ")}`,
    "docs/reference/import.md says what a pattern holds.",
    cause,
  );

const readText = (path: string): string => {
  try {
    if (statSync(path).size > largest) throw unfit(path, ["it is larger than 1 MiB"]);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof VcrError) throw error;
    const why = errorText(error);
    throw new VcrError("FILE_UNREADABLE", `the pattern ${path} cannot be read: ${why}`, "", error);
  }
};

const parseText = (path: string, yamlText: string): unknown => {
  try {
    return parse(yamlText, { maxAliasCount: 0, prettyErrors: true });
  } catch (error) {
    throw unfit(path, [errorText(error).split("\n")[0] ?? ""], error);
  }
};

/** Reads the pattern of a file, or the shipped one of this name. */
export function loadPattern(nameOrPath: string): LinePattern {
  const shipped = shippedPatterns();
  const isName = shipped.includes(nameOrPath);
  if (!isName && !/[./\\]/.test(nameOrPath)) {
    const meant = nearest(nameOrPath, shipped);
    throw new VcrError(
      "USAGE",
      `there is no pattern ${nameOrPath}; known are ${shipped.join(", ")}`,
      meant === undefined ? "Give one of them, or a file." : `Did you mean ${meant}?`,
    );
  }
  const path = isName ? join(folder, `${nameOrPath}.yaml`) : nameOrPath;
  const read = readLinePattern(parseText(path, readText(path)), nameOf(path));
  if ("issues" in read) throw unfit(path, read.issues);
  return read.ok;
}
