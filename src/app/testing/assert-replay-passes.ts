// The assertion about a replay, for any test runner.

import { AssertionError } from "node:assert";
import type { ReplayResult } from "../replay/replay-result.js";
import { isPass, resultText } from "./result-text.js";

/**
 * Asserts that a replay passed: that the CSMS answered as recorded. Throws an `AssertionError` that lists what differs. A
 * replay in which nothing was compared (`not-applicable`) does not pass.
 */
export function assertReplayPasses(result: ReplayResult): void {
  if (isPass(result)) return;
  throw new AssertionError({
    message: resultText(result),
    actual: result.verdict,
    expected: "pass",
    operator: "assertReplayPasses",
    stackStartFn: assertReplayPasses,
  });
}
