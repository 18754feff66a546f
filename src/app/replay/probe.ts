// A probe of a replay's target: dials once as the charge point of a recording, exactly as the replay would, and closes
// with 1000. It sends no OCPP message.

import type { Entry } from "../../cassette/format/entry.js";
import { startClock } from "../../io/platform/clock.js";
import { type ReplayRun, type RunningReplay, startReplay } from "../../io/station/run-replay.js";
import type { DialStep, Plan } from "../../replay/plan/plan.js";

/** How the CSMS answered a probe. */
export interface ProbeOutcome {
  readonly isAccepted: boolean;
  readonly subprotocol: string | null;
  /** Why it was not accepted; "" if it was. */
  readonly reason: string;
}

/** The plan of a probe: the first recorded upgrade that the CSMS accepted, or else the first upgrade, and a close. */
const probePlan = (plan: Plan): Plan => {
  const dials = plan.steps.filter((step) => step.kind === "dial");
  const dial = dials.find(({ refusal }) => refusal === undefined) ?? dials[0];
  if (dial === undefined) return plan;
  const { connection } = dial;
  const step: DialStep = { ...dial, atNs: null, refusal: undefined };
  const end = { kind: "end", connection, atNs: null, how: { kind: "unknown" } } as const;
  return { ...plan, steps: [step, end], slots: [], expectations: [], strays: [], notes: [] };
};

/** Starts a probe; its outcome is undefined if it was stopped. */
export function startProbe(
  run: Omit<ReplayRun, "pacing" | "clock" | "record"> & { readonly timeoutMs: number },
): {
  readonly running: RunningReplay;
  readonly outcome: Promise<ProbeOutcome | undefined>;
} {
  let opened: Extract<Entry, { kind: "connection-opened" }> | undefined;
  const running = startReplay({
    ...run,
    plan: probePlan(run.plan),
    pacing: { pace: "asap", rate: 1, timeoutMs: run.timeoutMs },
    clock: startClock(),
    record: (entry) => {
      if (entry.kind === "connection-opened") opened = entry;
    },
  });
  const outcome = running.outcome.then(({ verdict, reason }) =>
    verdict === "interrupted"
      ? undefined
      : { isAccepted: opened !== undefined, subprotocol: opened?.subprotocol ?? null, reason },
  );
  return { running, outcome };
}
