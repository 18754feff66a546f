// How a run flows unless it is told otherwise.
import { expect, test } from "vitest";
import { usualFlow } from "../../../../src/replay/station/run/flow.js";

test("a run waits ten seconds for a call, sends without it, and goes on behind a fork", () => {
  expect(usualFlow).toEqual({
    callTimeoutMs: 10_000,
    onMissingCall: "send",
    patient: false,
    onFork: "continue",
  });
});
