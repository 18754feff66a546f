// `ocpp-vcr/vitest`: cassettes in tests. Under Vitest, importing this adds `expect(result).toPassReplay()`. Under any other
// runner Vitest is not loaded, and `assertReplayPasses(result)` checks the same.

import type { ReplayResult } from "../replay/replay-result.js";
import { isPass, resultText } from "./result-text.js";

export { assertReplayPasses } from "./assert-replay-passes.js";
export { type CassetteResult, type UseCassetteOptions, useCassette } from "./use-cassette.js";

declare module "vitest" {
  interface Matchers<T> {
    /** Passes if the CSMS answered as recorded: the verdict of the replay is `pass`. */
    toPassReplay(): T;
  }
}

/** The matchers, for runners whose `expect` can be extended. */
export const replayMatchers: {
  toPassReplay(result: ReplayResult): { readonly pass: boolean; readonly message: () => string };
} = {
  toPassReplay: (result) => ({
    pass: isPass(result),
    message: () =>
      isPass(result) ? `expected the replay not to pass; ${resultText(result)}` : resultText(result),
  }),
};

if (process.env.VITEST !== undefined) {
  const { expect } = await import("vitest");
  expect.extend(replayMatchers);
}
