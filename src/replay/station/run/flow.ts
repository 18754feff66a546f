// What a run does where the recording alone does not say it: when a call stays out that something was caused
// by, and when the CSMS answers so that a station would have gone another way. Settings only.

/** What becomes of a step whose call stays out. */
export type OnMissingCall = "send" | "skip" | "fail" | "ask";

/** Settings of a run's flow. */
export interface FlowOptions {
  /** How long a caused step waits for its call. */
  readonly callTimeoutMs: number;
  readonly onMissingCall: OnMissingCall;
  /** Whether every call is waited for in full, because somebody is told to make it. */
  readonly patient: boolean;
  readonly onFork: "stop" | "continue";
}

/** How a run flows unless it is told otherwise. */
export const usualFlow: FlowOptions = {
  callTimeoutMs: 10_000,
  onMissingCall: "send",
  patient: false,
  onFork: "continue",
};
