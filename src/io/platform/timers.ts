// The timers of all shells. Node fires a timer of more than 2^31 - 1 ms after 1 ms; these wait such a time in parts.

import { longestTimerMs } from "../../base/time.js";

/** A timer that runs. */
export class Timer {
  private readonly work: () => void;
  private readonly ms: number;
  private readonly repeats: boolean;
  private handle: NodeJS.Timeout | undefined;
  private isBackground = false;

  constructor(work: () => void, ms: number, repeats: boolean) {
    this.work = work;
    this.ms = ms;
    this.repeats = repeats;
    this.wait(ms);
  }

  /** Lets the process end while the timer runs. */
  unref(): this {
    this.isBackground = true;
    this.handle?.unref();
    return this;
  }

  /** Stops the timer: it does no work any more. */
  stop(): void {
    clearTimeout(this.handle);
  }

  private wait(ms: number): void {
    const part = Math.min(ms, longestTimerMs);
    this.handle = setTimeout(() => this.fire(ms - part), part);
    if (this.isBackground) this.handle.unref();
  }

  private fire(leftMs: number): void {
    if (leftMs > 0) {
      this.wait(leftMs);
      return;
    }
    if (this.repeats) this.wait(this.ms);
    this.work();
  }
}

/** Does the work once, after this time in ms; never where it is `Infinity`. */
export function startTimer(work: () => void, ms: number): Timer {
  return new Timer(work, ms, false);
}

/** Does the work again and again, with this time in ms between the beginnings. */
export function startInterval(work: () => void, ms: number): Timer {
  return new Timer(work, ms, true);
}

/** Resolves after this time in ms. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    startTimer(resolve, ms);
  });
}
