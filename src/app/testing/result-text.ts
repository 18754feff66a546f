// The result of a replay as text, for the messages of failed tests.

import { VcrError } from "../../base/errors.js";
import { printable } from "../../text/printable.js";
import { shownValue } from "../check-options.js";
import type { ReplayResult } from "../replay/replay-result.js";

const mostFailures = 20;

const shown = (value: string | undefined): string =>
  value === undefined ? "nothing" : printable(value, 200);

/** Whether a replay passed: at least one message was compared, and all are as recorded. Throws VcrError USAGE for other values. */
export function isPass(result: ReplayResult): boolean {
  refuseOther(result);
  return result.verdict === "pass";
}

/** Throws VcrError USAGE for a value that is not the result of a replay. */
const refuseOther = (value: unknown): void => {
  const isResult = typeof value === "object" && value !== null && "verdict" in value && "failures" in value;
  if (isResult) return;
  throw new VcrError(
    "USAGE",
    `the result of a replay is needed, and this is ${shownValue(value)}`,
    "Give what replay or useCassette resolves to: await it first.",
  );
};

/** The verdict, and each failure with the recorded value and the one of this replay. */
export function resultText(result: ReplayResult): string {
  const { verdict, reason, failures, cassette, csms, unmet } = result;
  const lines = failures
    .slice(0, mostFailures)
    .flatMap((failure) => [
      `  ${failure.result}: ${failure.type} ${failure.action ?? ""}`.trimEnd() +
        (failure.why === "" ? "" : ` (${printable(failure.why, 200)})`),
      ...failure.differences
        .filter(({ why }) => why === "different" || why === "slower")
        .map(
          ({ pointer, recorded, live }) =>
            `    ${pointer || "/"}: recorded ${shown(recorded)}, now ${shown(live)}`,
        ),
    ]);
  const more = failures.length > mostFailures ? [`  and ${failures.length - mostFailures} more`] : [];
  const expected = unmet.map(({ action, result: what }) => `  expected, and did not come: ${action} ${what}`);
  const head = `the replay of ${printable(cassette, 200)} against ${printable(csms, 200)}: ${verdict}`;
  return [reason === "" ? head : `${head}, ${printable(reason, 300)}`, ...lines, ...more, ...expected].join(
    "\n",
  );
}
