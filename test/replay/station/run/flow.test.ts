// The default flow of a run.
import { expect, test } from "vitest";
import { usualFlow } from "../../../../src/replay/station/run/flow.js";

test("by default a run waits ten seconds for a call, sends without it, and goes on after a fork", () => {
  expect(usualFlow).toEqual({
    callTimeoutMs: 10_000,
    onMissingCall: "send",
    patient: false,
    onFork: "continue",
  });
});
