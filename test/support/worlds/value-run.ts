// One run of the values of a recording: what the station sends, message by message, and what it receives in between.
import type { Entry } from "../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { CallStep, Plan } from "../../../src/replay/plan/plan.js";
import type { Binding } from "../../../src/replay/plan/values/bindings.js";
import type { ValueOptions } from "../../../src/replay/station/values/value-options.js";
import { asRecorded, Values } from "../../../src/replay/station/values/values.js";
import { dialogueRecording, type RecordingOptions } from "../cassettes/dialogue-recording.js";
import { receivedAnswer, receivedCall } from "./received.js";
import { sha256 } from "./station-player.js";

/** A run. */
export interface ValueRun {
  readonly plan: Plan;
  readonly values: Values;
  /** The text of the n-th CALL of the station, and the text with the names of values. */
  send(call: number): { readonly text: string; readonly named: string };
  /** The answer to the n-th CALL comes. */
  answer(call: number, text: string): void;
  /** The n-th call of the CSMS comes. */
  call(expectation: number, text: string): void;
  /** What the station answers to it. */
  reply(expectation: number): { readonly text: string; readonly named: string };
}

/** A recording of a dial and these lines. */
export function valueRecording(lines: readonly string[], options: RecordingOptions = {}): readonly Entry[] {
  return dialogueRecording(["1 dial", ...lines], options);
}

/** Starts a run. */
export function valueRun(
  entries: readonly Entry[],
  changes: Partial<ValueOptions> = {},
  bindings: readonly Binding[] = [],
): ValueRun {
  const plan = compilePlan(entries, undefined, { bindings });
  const values = new Values(plan, { options: { ...asRecorded, ...changes }, sha256, identity: "CP-1" });
  const calls = plan.steps.filter((step): step is CallStep => step.kind === "call");
  const callOf = (index: number): CallStep => calls[index] as CallStep;
  const expectationOf = (index: number) => plan.expectations[index] as Plan["expectations"][number];
  return {
    plan,
    values,
    send: (index) => {
      const { out, connection } = callOf(index);
      return values.write(out, connection) ?? { text: out.text ?? "", named: out.text ?? "" };
    },
    answer: (index, text) => {
      const { answer } = callOf(index);
      if (answer !== undefined) values.learn(answer, receivedAnswer(text));
    },
    call: (index, text) => values.learn(expectationOf(index), receivedCall(text)),
    reply: (index) => {
      const { answer, connection } = expectationOf(index);
      const text = answer?.text ?? "";
      return (answer === undefined ? undefined : values.write(answer, connection)) ?? { text, named: text };
    },
  };
}
