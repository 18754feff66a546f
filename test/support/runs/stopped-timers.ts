// Stops the timers of this process while its sockets go on, so that a test of a real proxy decides when time passes.
import { onTestFinished, vi } from "vitest";

/** Stops `setTimeout` until the test ends; `vi.advanceTimersByTime` lets time pass. Clocks are not stopped. */
export function stopTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Lets sockets work until this holds. Unlike `vi.waitFor` it lets no time pass on stopped timers. */
export async function untilHolds(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** Lets sockets do what they can do without time passing: twenty turns of the event loop. */
export async function settleSockets(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}
