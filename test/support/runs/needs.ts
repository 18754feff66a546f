// Tests that need a program of the machine (openssl, tshark, chromium). They are skipped, with one line, if the program is
// missing; with OCPP_VCR_NO_SKIP=1, which the CI script sets, a missing program is a failure.
import { accessSync, constants, statSync, writeSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type TestAPI, test } from "vitest";

/** The environment of the look-up, and where its one line goes. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

const surroundings: Surroundings = { env: process.env, print: (line) => writeSync(2, `${line}\n`) };

/** Whether a program is on the PATH, for `test.skipIf(!has("openssl"))`. Throws if skipping is not allowed. */
export function has(program: string, { env, print }: Surroundings = surroundings): boolean {
  if (isOnPath(program, env)) return true;
  const line = `the program ${program} is missing, so its tests are skipped`;
  if (env.OCPP_VCR_NO_SKIP === "1") throw new Error(`${line}, which OCPP_VCR_NO_SKIP=1 forbids`);
  print(line);
  return false;
}

/** The `test` function of tests that need a program: `needs("openssl")("verifies the chain", ...)`. */
export function needs(program: string): TestAPI | TestAPI["skip"] {
  return has(program) ? test : test.skip;
}

function isOnPath(program: string, env: Surroundings["env"]): boolean {
  const endings = process.platform === "win32" ? (env.PATHEXT ?? ".EXE").split(";") : [""];
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => endings.some((ending) => isExecutable(join(folder, program + ending))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
