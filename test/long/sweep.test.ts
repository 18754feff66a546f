// Whole sweeps: every fault of the catalogue and every preset, on recordings of both versions.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { registerSweep } from "../../src/cli/sweep/sweep.js";
import { faults as catalogue } from "../../src/rules/faults/registry.js";
import { startRpcCsms } from "../support/peers/rpc-peers.js";
import { startWeakCsms } from "../support/peers/weak-csms.js";
import { jsonLines, runCommand } from "../support/runs/replay-cli.js";

interface Told {
  readonly fault: string;
  readonly outcome: string;
  readonly why: string;
}

interface Whole {
  readonly code: number;
  readonly faults: readonly Told[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly notTried: readonly string[];
}

const samples = ["sample-1.6", "sample-2.0.1"] as const;

const sweep = async (sample: string, ...argv: readonly string[]): Promise<Whole> => {
  const path = fileURLToPath(new URL(`../../recordings/${sample}.cassette`, import.meta.url));
  const all = ["sweep", path, "--timeout", "1s", "--json", ...argv];
  const { code, out } = await runCommand(registerSweep, all);
  const lines = jsonLines(out);
  const faults = lines.slice(0, -1) as unknown as readonly Told[];
  const { leftOut, notTried } = lines.at(-1) as unknown as Whole;
  return { code, faults, leftOut, notTried };
};

const named = (faults: readonly Told[], ...outcomes: readonly string[]): readonly string[] =>
  faults.filter(({ outcome }) => outcomes.includes(outcome)).map(({ fault }) => fault);

const bad = ["crashed", "hung", "lost data", "protocol violation"];
const pings = ["drop-ping", "drop-pong", "wrong-pong"];

describe.each(samples)("a whole sweep of %s", (sample) => {
  test("tries or leaves out every fault, and the embedded CSMS takes all of them", async () => {
    const { code, faults, leftOut, notTried } = await sweep(sample, "--faults", "all");
    expect(named(faults, ...bad)).toEqual([]);
    expect(code).toBe(0);
    expect(notTried).toEqual([]);
    const all = [...faults.map(({ fault }) => fault), ...leftOut.map(({ name }) => name)].sort();
    expect(all).toEqual(catalogue.map(({ name }) => name).sort());
    const noUnit = sample === "sample-2.0.1" ? ["unit-swap"] : [];
    expect(named(faults, "not applied")).toEqual([...noUnit, ...pings]);
    expect(faults.every(({ why }) => why !== "") && leftOut.every(({ why }) => why !== "")).toBe(true);
  });

  const folder = fileURLToPath(new URL("../../examples/faults", import.meta.url));
  const presets = readdirSync(folder).map((name) => name.replace(/\.yaml$/, ""));
  test.each(presets)(
    "the embedded CSMS takes every rule of %s, and what is not applied has a reason",
    async (preset) => {
      const { code, faults, notTried } = await sweep(sample, "--faults", `preset:${preset}`);
      expect(named(faults, ...bad)).toEqual([]);
      expect(code).toBe(0);
      expect(notTried).toEqual([]);
      for (const { outcome, why } of faults)
        if (outcome === "not applied")
          expect(why).toMatch(
            /^(?:the rule is for OCPP|no ping was sent|the CSMS sent no CALL|the charger sends no)/,
          );
    },
  );
});

test.each([true, false])(
  "ocpp-rpc (strict: %s) has error codes of its own for OCPP 1.6, and loses nothing",
  async (strict) => {
    const { url } = await startRpcCsms({ strict, firstId: 100, calls: false });
    const { faults, notTried } = await sweep("sample-1.6", "--csms", url, "--faults", "all");
    expect(notTried).toEqual([]);
    expect(named(faults, "crashed", "hung", "lost data")).toEqual([]);
    const violations = faults.filter(({ outcome }) => outcome === "protocol violation");
    expect(violations.map(({ fault }) => fault)).toContain("json-syntax");
    for (const { why } of violations) expect(why).toMatch(/RpcFrameworkError|MessageTypeNotSupported/);
  },
);

test("a CSMS that forgets loses data wherever the connection ends within a transaction", async () => {
  const csms = await startWeakCsms("forgets-on-reset");
  onTestFinished(() => csms.close());
  const { faults } = await sweep("sample-1.6", "--csms", csms.url.href, "--faults", "all");
  const lost = named(faults, "lost data");
  for (const name of ["reset-peer", "down", "blackhole"]) expect(lost).toContain(name);
  for (const name of ["delay", "drop", "fragment"]) expect(lost).not.toContain(name);
});
