// `ocpp-vcr sweep` as a user runs it.
import { readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { registerSweep } from "../../../src/cli/sweep/sweep.js";
import { startWeakCsms, type Weakness } from "../../support/peers/weak-csms.js";
import { ownFolder, startProgram } from "../../support/runs/record-process.js";
import { type CliOutcome, jsonLines, runCommand } from "../../support/runs/replay-cli.js";

const sample = fileURLToPath(new URL("../../../recordings/sample-1.6.cassette", import.meta.url));

const sweep = (...args: readonly string[]): Promise<CliOutcome> =>
  runCommand(registerSweep, ["sweep", sample, "--timeout", "500ms", ...args]);

const weakUrl = async (weakness: Weakness): Promise<string> => {
  const csms = await startWeakCsms(weakness);
  onTestFinished(() => csms.close());
  return csms.url.href;
};

describe("sweep", { timeout: 60_000 }, () => {
  test("sweep --json prints a line for each fault and a summary, and --out keeps the cassettes of the proxy", async () => {
    const cassettes = join(await ownFolder(), "cassettes");
    const { code, out } = await sweep("--faults", "all", "--only", "dup*", "--json", "--out", cassettes);
    expect(code).toBe(0);
    const lines = jsonLines(out);
    expect(lines).toMatchObject([
      { event: "fault", fault: "duplicate", outcome: "unaffected", applied: 1, broughtForward: false },
      { event: "fault", fault: "duplicate-id", outcome: "recovered", why: expect.any(String) },
      { event: "summary", ok: true, worst: "recovered", notTried: [], leftOut: [], seed: 0 },
    ]);
    expect(lines[2]?.counts).toMatchObject({ unaffected: 1, recovered: 1, "lost data": 0 });
    expect((await readdir(cassettes)).sort()).toEqual(["clean", "duplicate", "duplicate-id"]);
    const paths = (lines[0]?.tapes ?? []) as readonly string[];
    expect(paths).toHaveLength(1);
    for (const path of paths) {
      expect(path.startsWith(join(cassettes, "duplicate"))).toBe(true);
      expect(readFileSync(path).length).toBeGreaterThan(0);
    }
  });

  test("sweep tries each rule of a preset alone, and exits with 1 if data is lost", async () => {
    const good = await sweep("--faults", "preset:lost-start-answer");
    expect(good.code).toBe(0);
    expect(good.out).toMatch(/^start-1\.6 .* recovered: 1 transaction message answered when repeated$/m);
    expect(good.out).toMatch(/^start-2\.x .* not applied: the rule is for OCPP 2\.0\.1 or 2\.1/m);
    expect(good.out).toMatch(/^2 faults: 1 not applied, 1 recovered$/m);
    const url = await weakUrl("refuses-repeated");
    const bad = await sweep("--faults", "preset:reconnect-storm", "--only", "cut", "--csms", url);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(
      /lost data: not received or not answered, not even when repeated: MeterValues \(step 11\)/,
    );
  });

  test("sweep prints the same matrix for the same seed, in every run", async () => {
    const folder = await ownFolder();
    const outputsFor = async (seed: string, ...more: readonly string[]): Promise<readonly string[]> => {
      const html = join(folder, "sweep.html");
      const argv = ["--faults", "preset:fuzz", "--seed", seed, ...more];
      const text = await sweep(...argv, "--html", html);
      const json = await sweep(...argv, "--json");
      expect(text.err).toMatch(new RegExp(`^seed ${seed}, run [0-9]+$`, "m"));
      return [text.out, json.out, readFileSync(html, "utf8")];
    };
    const first = await outputsFor("7");
    expect(await outputsFor("7")).toEqual(first);
    expect(await outputsFor("7", "--run", "3")).toEqual(first);
    expect(await outputsFor("8")).not.toEqual(first);
  });

  test("sweep --html writes the matrix as a page without script that loads nothing", async () => {
    const html = join(await ownFolder(), "sweep.html");
    const url = await weakUrl("says-markup");
    const { code, out } = await sweep("--csms", url, "--faults", "all", "--only", "action-*", "--html", html);
    expect(code).toBe(1);
    expect(out).toContain('(found "<script>alert(1)</script>")');
    const page = readFileSync(html, "utf8");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("action-changed");
    expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'/);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|(?:src|href)\s*=| on[a-z]+=/i);
    writeFileSync(html, "mine");
    expect((await sweep("--faults", "all", "--only", "drop", "--html", html)).code).toBe(2);
    expect(readFileSync(html, "utf8")).toBe("mine");
  });

  test("sweep runs against a production CSMS only if its host name is repeated", async () => {
    const argv = ["--csms", await weakUrl("none"), "--faults", "all", "--only", "drop", "--production"];
    const refused = await sweep(...argv);
    expect(refused.code).toBe(2);
    expect(refused.out).toBe("");
    expect(refused.err).toContain("the target is marked as production");
    expect((await sweep(...argv, "--to-production", "other.example")).code).toBe(2);
    expect((await sweep(...argv, "--to-production", "127.0.0.1")).code).toBe(0);
  });

  test("sweep exits with 3 if the CSMS cannot be reached, and with 2 for unknown presets and names", async () => {
    expect((await sweep("--csms", "ws://127.0.0.1:9", "--faults", "all", "--only", "drop")).code).toBe(3);
    expect((await sweep("--faults", "preset:no-such")).code).toBe(2);
    expect((await sweep("--faults", "all", "--only", "no-such")).code).toBe(2);
    expect((await sweep()).code).toBe(2);
  });

  test("an interrupted sweep exits with 130, and prints the results so far", async () => {
    const argv = ["sweep", sample, "--faults", "all", "--timeout", "500ms", "--json"];
    const program = startProgram(await ownFolder(), ...argv);
    await program.line('"event":"fault"');
    program.child.kill("SIGINT");
    expect(await program.ended).toBe(130);
    const lines = jsonLines(program.stdout());
    const summary = lines.at(-1) as { readonly ok: boolean; readonly notTried: readonly string[] };
    expect(summary).toMatchObject({ event: "summary", ok: false });
    expect(lines[0]).toMatchObject({ fault: "delay", outcome: "unaffected" });
    expect(summary.notTried).toContain("reset-peer");
    expect(summary.notTried).not.toContain("delay");
  });
});
