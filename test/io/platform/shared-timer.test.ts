import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSharedTimer, sharedTimer } from "../../../src/io/platform/shared-timer.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("all who joined are called together, the latecomers early", () => {
  const called: string[] = [];
  const timer = createSharedTimer(60);
  timer.join(() => called.push("first"));
  vi.advanceTimersByTime(50);
  timer.join(() => called.push("late"));
  vi.advanceTimersByTime(9);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(called).toEqual(["first", "late"]);
});

test("nobody is called twice for one joining, and joining twice is joining once", () => {
  let calls = 0;
  const timer = createSharedTimer(10);
  const due = (): void => {
    calls++;
  };
  timer.join(due);
  timer.join(due);
  vi.advanceTimersByTime(100);
  expect(calls).toBe(1);
});

test("who has left is not called", () => {
  let calls = 0;
  const timer = createSharedTimer(10);
  const due = (): void => {
    calls++;
  };
  timer.join(due);
  timer.leave(due);
  vi.advanceTimersByTime(100);
  expect(calls).toBe(0);
});

test("who joins while the timer rings is called by the next ringing", () => {
  const called: number[] = [];
  const timer = createSharedTimer(10);
  const due = (): void => {
    called.push(Date.now());
    if (called.length < 3) timer.join(due);
  };
  timer.join(due);
  vi.advanceTimersByTime(100);
  expect(called.map((at) => at - (called[0] ?? 0))).toEqual([0, 10, 20]);
});

test("there is one timer per length of waiting", () => {
  expect(sharedTimer(60)).toBe(sharedTimer(60));
  expect(sharedTimer(60)).not.toBe(sharedTimer(250));
});
