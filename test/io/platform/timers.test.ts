// Timers of any length, and that every file of src/ uses them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { longestTimerMs } from "../../../src/base/time.js";
import { sleep, startInterval, startTimer } from "../../../src/io/platform/timers.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([1, 5000, longestTimerMs, longestTimerMs + 1, 3 * longestTimerMs])(
  "a timer of %d ms does its work after that time, once",
  async (ms) => {
    const work = vi.fn();
    startTimer(work, ms);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("a timer without an end never does its work", async () => {
  const work = vi.fn();
  const timer = startTimer(work, Number.POSITIVE_INFINITY);
  await vi.advanceTimersByTimeAsync(5 * longestTimerMs);
  expect(work).not.toHaveBeenCalled();
  timer.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test("a stopped timer does no work, in whichever part of its time it is stopped", async () => {
  const work = vi.fn();
  const timer = startTimer(work, longestTimerMs + 10);
  await vi.advanceTimersByTimeAsync(longestTimerMs + 5);
  timer.stop();
  await vi.advanceTimersByTimeAsync(10);
  expect(work).not.toHaveBeenCalled();
});

test("an interval does its work again and again until it is stopped, by its own work as well", async () => {
  const work = vi.fn(() => {
    if (work.mock.calls.length === 3) interval.stop();
  });
  const interval = startInterval(work, 1000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(work).toHaveBeenCalledTimes(3);
});

test("a timer that was unreferenced lets the process end, in every part of its time", async () => {
  const handles = vi.spyOn(globalThis, "setTimeout");
  startTimer(() => undefined, longestTimerMs + 10).unref();
  await vi.advanceTimersByTimeAsync(longestTimerMs);
  expect(handles.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false, false]);
});

test("a sleep resolves after its time", async () => {
  const awake = vi.fn();
  const done = sleep(20).then(awake);
  await vi.advanceTimersByTimeAsync(19);
  expect(awake).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(awake).toHaveBeenCalledOnce();
});

test("no file of src/ but io/platform/timers.ts makes a timer of Node", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  const direct = files.filter((path) =>
    /\bset(?:Timeout|Interval)\(|timers\/promises/.test(readFileSync(join("src", path), "utf8")),
  );
  expect(direct).toEqual([join("io", "platform", "timers.ts")]);
});
