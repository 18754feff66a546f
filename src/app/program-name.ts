// The name and version that help, cassettes and reports carry.

import { readFileSync } from "node:fs";

/** The version of this package. */
export function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return String((JSON.parse(readFileSync(file, "utf8")) as { version: unknown }).version);
}

/** How cassettes name the program that made them. */
export function programName(): string {
  return `ocpp-vcr ${packageVersion()}`;
}
