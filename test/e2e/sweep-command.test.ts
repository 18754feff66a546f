// `ocpp-vcr sweep` as a user runs it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const sweep = (...args: readonly string[]): { code: number | null; out: string; err: string } => {
  const all = [join(root, "bin/ocpp-vcr.js"), "sweep", join(root, "recordings/sample-1.6.cassette"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
};

test("sweep tells a line for each fault, a summary, and writes a page", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const html = join(folder, "sweep.html");
  const { code, out } = sweep("--faults", "all", "--only", "d[!]*", "--json");
  expect(code).toBe(2);
  expect(out).toBe("");
  const run = sweep(
    "--faults",
    "all",
    "--only",
    "dup*",
    "--timeout",
    "500ms",
    "--json",
    "--html",
    html,
    "--out",
    join(folder, "tapes"),
  );
  expect(run.code).toBe(0);
  const lines = run.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { event: "fault", fault: "duplicate", outcome: "unaffected", applied: 1 },
    { event: "fault", fault: "duplicate-id", outcome: "recovered" },
    { event: "summary", ok: true, worst: "recovered", notTried: [] },
  ]);
  expect(readFileSync(html, "utf8")).toContain("duplicate-id");
});

test("sweep ends with 3 where the CSMS cannot be reached, and with 2 at an unknown preset", {
  timeout: 60_000,
}, () => {
  expect(sweep("--csms", "ws://127.0.0.1:9", "--faults", "all", "--only", "drop").code).toBe(3);
  expect(sweep("--faults", "preset:no-such").code).toBe(2);
});
