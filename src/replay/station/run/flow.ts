// Settings for what the recording alone does not decide: what a run does when the CSMS does not make a call that a step
// depends on, and when the CSMS gives an answer after which a station would have behaved differently.

/** What happens to a step when the CSMS does not make the call that caused it. */
export type OnMissingCall = "send" | "skip" | "fail" | "ask";

/** Settings of a run's flow. */
export interface FlowOptions {
  /** How long a step waits for the call that caused it. */
  readonly callTimeoutMs: number;
  readonly onMissingCall: OnMissingCall;
  /** Whether every call is waited for in full, because a command or the operator is asked to have it made. */
  readonly patient: boolean;
  readonly onFork: "stop" | "continue";
}

/** The defaults. */
export const usualFlow: FlowOptions = {
  callTimeoutMs: 10_000,
  onMissingCall: "send",
  patient: false,
  onFork: "continue",
};
