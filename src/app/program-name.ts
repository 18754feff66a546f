// The name and version of this program in help, cassettes and reports.

import { readFileSync } from "node:fs";

/** The version of this package. */
export function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return String((JSON.parse(readFileSync(file, "utf8")) as { version: unknown }).version);
}

/** Name and version: `ocpp-vcr 0.2.0`. */
export function programName(): string {
  return `ocpp-vcr ${packageVersion()}`;
}
