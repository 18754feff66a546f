// One recording, replayed three hundred times, has one fingerprint.
import { expect, test } from "vitest";
import { fingerprintsOf } from "../support/runs/fingerprint-runs.js";

test("a hundred replays one after the other and two hundred at the same time all have one fingerprint", async () => {
  const found = [...(await fingerprintsOf(100, 200))];
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^pass sha256:/);
});
