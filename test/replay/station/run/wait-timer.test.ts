// The one timer of a station.
import { expect, test } from "vitest";
import type { StationCommand } from "../../../../src/replay/protocol.js";
import { StationOutput } from "../../../../src/replay/station/run/station-output.js";
import { WaitTimer } from "../../../../src/replay/station/run/wait-timer.js";

const ms = 1e6;
const timer = (): { timer: WaitTimer; said: () => readonly StationCommand[] } => {
  const output = new StationOutput();
  return { timer: new WaitTimer(output), said: () => output.take() };
};

test("the same wait sets one timer, and only gaps and boots may be skipped", () => {
  const { timer: one, said } = timer();
  one.set({ why: "gap", dueNs: 5 * ms }, 0);
  one.set({ why: "gap", dueNs: 5 * ms }, ms);
  one.set({ why: "answer", dueNs: 5 * ms }, ms);
  expect(said()).toEqual([
    { kind: "timer", id: "wait-1", ms: 5, skippable: true },
    { kind: "timer", id: "wait-2", ms: 4, skippable: false },
  ]);
  expect(one.over("wait-1", 9 * ms)).toBeUndefined();
  expect(one.over("wait-2", 5 * ms)).toEqual({ why: "answer", dueNs: 5 * ms });
  expect(one.current).toBeUndefined();
});

test("a timer that fires early, or is shorter than its wait, ends no wait", () => {
  const { timer: one, said } = timer();
  one.set({ why: "gap", dueNs: 2 ** 40 * ms }, 0);
  expect(said()).toMatchObject([{ ms: 2 ** 31 - 1 }]);
  expect(one.over("wait-1", ms)).toBeUndefined();
});

test("a wait for the operator sets no timer and cancels the one before it", () => {
  const { timer: one, said } = timer();
  one.set({ why: "call", dueNs: ms }, 0);
  one.set({ why: "operator", dueNs: Number.POSITIVE_INFINITY }, 0);
  expect(said().map(({ kind }) => kind)).toEqual(["timer", "cancel"]);
  expect(one.current?.why).toBe("operator");
  one.clear();
  one.cancel();
  expect(said()).toEqual([]);
});

test("a virtual clock may skip waits of the recording, but none of the CSMS or its target", () => {
  const output = new StationOutput();
  const timer = new WaitTimer(output);
  const whys = ["gap", "boot", "rate", "retry", "answer", "call", "shutdown"] as const;
  for (const [index, why] of whys.entries()) timer.set({ why, dueNs: (index + 1) * 1e6 }, 0);
  const skippable = output.take().flatMap((command) => (command.kind === "timer" ? [command.skippable] : []));
  expect(skippable).toEqual([true, true, false, false, false, false, false]);
});
