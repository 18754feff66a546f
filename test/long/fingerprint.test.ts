// The same thing done a hundred times, and beside two hundred others: one fingerprint.
import { expect, test } from "vitest";
import { fingerprintsOf } from "../support/runs/fingerprint-runs.js";

test("a hundred runs have one fingerprint, and two hundred at the same time have the same one", async () => {
  const found = [...(await fingerprintsOf(100, 200))];
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^pass sha256:/);
});
