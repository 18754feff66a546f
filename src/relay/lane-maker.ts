// Which kind of lane a direction of a connection gets: a tap where no rule can ever touch it, a gate where one does, and
// a tap that can become a gate where rules may come to life.

import type { Direction } from "../base/direction.js";
import type { OcppVersion } from "../ocpp/version.js";
import type { Decider } from "../rules/decide.js";
import { createChangingLane } from "./changing-lane.js";
import { createGate, type GateOptions } from "./gate.js";
import type { HandOver, Lane, LanePlace } from "./lane.js";
import type { OwnMessages } from "./own-messages.js";
import { createTap, type Hear } from "./tap.js";

/** What the lanes of a connection are made with. */
export interface LaneMaking {
  readonly identity: string;
  readonly ordinal: number;
  readonly version?: OcppVersion | undefined;
  readonly compresses?: boolean;
  readonly limits: Pick<GateOptions, "waitOctets" | "waitMs" | "stallMs" | "holdOctets">;
  readonly rules: Decider | undefined;
  readonly own: OwnMessages;
  readonly close: GateOptions["close"];
  readonly perform: GateOptions["perform"];
}

/** Makes what makes the lanes of one connection. */
export function laneMaker(making: LaneMaking): (place: LanePlace) => Lane {
  const { rules, identity, ordinal, limits, version, compresses = false, own, close, perform } = making;
  if (rules === undefined) return (place) => createTap(place, undefined);
  const touched = (direction: Direction): boolean =>
    own.wanted > 0 || rules.rules.touches(identity, direction);
  if (!rules.rules.mayChange && !touched("cp-to-csms") && !touched("csms-to-cp"))
    return (place) => createTap(place, undefined);
  const { listener, injector } = own;
  const heard = injector.heard.bind(injector);
  const passed = own.passed.bind(own);
  const enter = own.enter.bind(own);
  const common = { identity, ordinal, version, compresses };
  const parks = own.parks.bind(own);
  const ruling = { ...common, listener, injector, decider: rules, close, perform, passed, parks };
  const gate = (place: LanePlace, taken?: HandOver): Lane =>
    createGate(place, { ...ruling, ...limits, enter, heard }, taken);
  const hear: Hear = (direction, frame, at, out) => {
    const named = listener.hear(direction, frame);
    if (named === undefined) return;
    if (rules.rules.mayChange) rules.passing({ at, identity, ordinal, version, direction, ...named });
    passed(direction, named, at, out);
    heard(direction, named, at, out);
  };
  return (place) => {
    if (touched(place.direction)) return gate(place);
    const tap = createTap(place, hear);
    if (!rules.rules.mayChange) return tap;
    return createChangingLane(tap, {
      generation: () => rules.rules.generation + own.wanted,
      isTouched: () => touched(place.direction),
      gate: (taken) => gate(place, taken),
    });
  };
}
