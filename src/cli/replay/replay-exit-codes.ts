// The exit codes of `replay`.

import type { Outcome } from "../../replay/protocol.js";

/** The exit code of each verdict. */
export const replayExitCodes: Readonly<Record<Outcome["verdict"], number>> = {
  pass: 0,
  "not-applicable": 0,
  partial: 1,
  fail: 1,
  error: 3,
  interrupted: 130,
};
