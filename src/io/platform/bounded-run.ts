// Runs work that a hostile text could make endless (a user's regular expression over a stranger's log), for a
// limited time. Node's own clock watches it: a pure folder cannot, and an expression cannot be asked to stop.

import { createContext, Script } from "node:vm";
import { systemErrorCode } from "../../base/errors.js";

const script = new Script("box.work()");

/** Makes a runner: it gives undefined where the work took longer than `ms`; what the work throws, it throws. */
export function createBoundedRun(ms: number): <T>(work: () => T) => T | undefined {
  const box: { work: () => unknown } = { work: () => undefined };
  const context = createContext({ box });
  return <T>(work: () => T): T | undefined => {
    box.work = work;
    try {
      return script.runInContext(context, { timeout: ms }) as T;
    } catch (error) {
      if (systemErrorCode(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
      throw error;
    }
  };
}
