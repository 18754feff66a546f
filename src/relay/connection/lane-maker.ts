// Which kind of lane a direction of a connection gets: a tap where no rule can ever touch it, a gate where one does, and
// a tap that can become a gate where rules may come to life.

import type { Direction } from "../../base/direction.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { createChangingLane } from "../lane/changing-lane.js";
import { createGate, type GateOptions } from "../lane/gate.js";
import type { HandOver, Lane, LanePlace } from "../lane/lane.js";
import { createTap, type Hear } from "../lane/tap.js";
import type { OwnMessages } from "../own/own-messages.js";

/** What the lanes of a connection are made with. */
export interface LaneMaking {
  readonly identity: string;
  readonly ordinal: number;
  readonly version?: OcppVersion | undefined;
  readonly compresses?: boolean;
  readonly limits: Pick<GateOptions, "waitBytes" | "waitMs" | "stallMs" | "holdBytes">;
  readonly rules: Decider | undefined;
  readonly own: OwnMessages;
  readonly close: GateOptions["close"];
  readonly perform: GateOptions["perform"];
}

/** Makes what makes the lanes of one connection. */
export function laneMaker(making: LaneMaking): (place: LanePlace) => Lane {
  const { rules, identity, ordinal, own } = making;
  if (rules === undefined) return (place) => createTap(place, undefined);
  const touched = (direction: Direction): boolean =>
    own.wanted > 0 || rules.rules.touches(identity, direction);
  if (!rules.rules.mayChange && !touched("cp-to-csms") && !touched("csms-to-cp"))
    return (place) => createTap(place, undefined);
  const options = gateOptions(making, rules);
  const { passed, heard, listener } = options;
  const gate = (place: LanePlace, taken?: HandOver): Lane => createGate(place, options, taken);
  const hear: Hear = (direction, frame, at, out) => {
    const named = listener.hear(direction, frame);
    if (named === undefined) return;
    const { type, action } = named;
    if (rules.rules.mayChange)
      rules.passing({ at, identity, ordinal, version: making.version, direction, type, action });
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

/** Every member by its name: what spreading makes is slow to read, and this is read at every message. */
const gateOptions = (making: LaneMaking, decider: Decider): GateOptions => {
  const { identity, ordinal, version, compresses = false, limits, own, close, perform } = making;
  const { listener, injector } = own;
  return {
    identity,
    ordinal,
    version,
    compresses,
    decider,
    listener,
    injector,
    close,
    perform,
    waitBytes: limits.waitBytes,
    waitMs: limits.waitMs,
    stallMs: limits.stallMs,
    holdBytes: limits.holdBytes,
    parks: () => own.parks(),
    passed: (direction, about, at, out) => own.passed(direction, about, at, out),
    heard: (direction, about, at, out) => injector.heard(direction, about, at, out),
    enter: (direction, desk) => own.enter(direction, desk),
  };
};
