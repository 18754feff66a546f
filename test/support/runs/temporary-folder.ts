// Folders for tests, in the system's temporary folder. They are removed after the test file, or at the end of the process
// that runs the test files.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A new, empty folder; its path holds no links. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new, empty folder for all test files of this process. */
export function lastingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
