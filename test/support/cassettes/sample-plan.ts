// The plans of the sample recordings.
import { fileURLToPath } from "node:url";
import { readCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { inflate } from "../../../src/io/platform/inflate.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { Plan } from "../../../src/replay/plan/plan.js";

/** The plan of `recordings/NAME.cassette`. */
export async function samplePlan(name: string): Promise<Plan> {
  const path = fileURLToPath(new URL(`../../../recordings/${name}.cassette`, import.meta.url));
  const { entries } = await readCassetteFile(path);
  return compilePlan(
    entries.map(({ entry }) => entry),
    inflate,
  );
}
