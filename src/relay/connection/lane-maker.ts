// Which kind of lane a direction of a connection gets: a tap where no rule can ever touch it, a gate where one can, and a tap
// that can become a gate where rules may still be armed.

import { createChangingLane } from "../lane/changing-lane.js";
import { createGate } from "../lane/gate.js";
import type { Lane, LanePlace } from "../lane/lane.js";
import type { LaneHost } from "../lane/lane-host.js";
import { createTap } from "../lane/tap.js";

/** Makes a lane; a connection without a decider has no host, and taps that follow nothing. */
export function makeLane(place: LanePlace, host: LaneHost | undefined): Lane {
  if (host === undefined) return createTap(place, undefined);
  if (host.needsGate(place.direction)) return createGate(place, host);
  if (host.rules.rules.mayChange) return createChangingLane(place, host);
  // A rule on the other direction needs the CALLs that pass this one.
  return createTap(place, host.needsGate(place.other) ? host : undefined);
}
