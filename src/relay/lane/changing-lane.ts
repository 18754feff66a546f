// A lane that begins as a tap and becomes a gate when a rule is armed that can touch it, at the next byte that comes
// and without losing one. A gate stays one: without rules it lets everything pass.

import type { RelayCommand } from "../protocol.js";
import type { HandOver, Lane } from "./lane.js";
import type { TapLane } from "./tap.js";

/** What a changing lane asks. */
export interface ChangingLaneOptions {
  /** Rises whenever the rules change. */
  readonly generation: () => number;
  /** Whether a rule can touch the lane now. */
  readonly isTouched: () => boolean;
  readonly gate: (taken: HandOver) => Lane;
}

/** Makes a lane of a tap that gives way to a gate. */
export function createChangingLane(tap: TapLane, options: ChangingLaneOptions): Lane {
  let lane: Lane = tap;
  let isTap = true;
  let generation = options.generation();
  const change = (): void => {
    const now = options.generation();
    if (!options.isTouched()) {
      generation = now;
      return;
    }
    // In the middle of a frame that passes in parts nobody can take over; the next bytes are another occasion.
    const taken = tap.handOver();
    if (taken === undefined) return;
    isTap = false;
    lane = options.gate(taken);
  };
  const current = (): Lane => {
    if (isTap && options.generation() !== generation) change();
    return lane;
  };
  return {
    bytes: (chunk: Uint8Array, at: number, out: RelayCommand[]) => current().bytes(chunk, at, out),
    end: (how, at, out) => lane.end(how, at, out),
    settle: (at, out) => lane.settle(at, out),
    wake: (at, out) => current().wake(at, out),
    flush: (at, out) => lane.flush(at, out),
    finish: (closing, at, out) => lane.finish(closing, at, out),
    silence: (out) => lane.silence(out),
    insert: (frame, by, at, out) => lane.insert(frame, by, at, out),
  };
}
