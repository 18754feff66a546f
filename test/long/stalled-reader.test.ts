// Back-pressure: 200 MB for a peer that does not read stay at their sender.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCassetteFile } from "../../src/io/cassette/cassette-file.js";
import { ownFolder } from "../support/runs/record-process.js";
import { canMeasure, pushAtStalled } from "../support/runs/stalled-run.js";
import { neverFiring } from "../support/worlds/relay-rules.js";

const total = 200_000_000;

describe.runIf(canMeasure).each(["charger", "csms"] as const)("200 MB from the %s", (from) => {
  test.each([1000, 60_000, 2 ** 20])(
    "in messages of %d bytes, to a peer that does not read, cost the proxy less than 32 MiB",
    async (size) => {
      const stall = await pushAtStalled(from, size, total);
      expect(stall.grownMiB).toBeLessThan(32);
      expect(stall.taken).toBeLessThan(total / 4);
      expect(stall.received).toBe(stall.pushed);
      expect(stall.exitCode).toBe(0);
      const { entries, state } = await readCassetteFile(stall.cassettes[0] ?? "");
      expect(state).toBe("whole");
      const bytes = entries.reduce(
        (sum, { entry }) => sum + (entry.kind === "frame" ? entry.raw.length : 0),
        0,
      );
      expect(bytes).toBe(stall.pushed);
    },
  );

  test("cost the proxy less than 32 MiB with armed rules as well, if the peer does not read", async () => {
    const folder = await ownFolder();
    const rules = join(folder, "rules.yaml");
    await writeFile(rules, neverFiring);
    const stall = await pushAtStalled(from, 60_000, total, "--rules", rules);
    expect(stall.grownMiB).toBeLessThan(32);
    expect(stall.received).toBe(stall.pushed);
  });
});
