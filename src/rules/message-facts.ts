// A message as the conditions of rules ask about it. Made for every message that a rule could fit, so it is one object
// whose payload and state are looked up only when somebody asks.

import type { Direction } from "../base/direction.js";
import { type Followed, follow } from "../ocpp/json-pointer.js";
import type { DecidedType } from "../ocpp/message-type.js";
import type { OcppVersion } from "../ocpp/version.js";
import type { AskedPath } from "./asked-paths.js";
import type { OpenFacts } from "./match.js";
import type { Observation } from "./observation.js";
import type { StationState } from "./station-state.js";

/** What must be known beside the message. */
export interface Surroundings {
  /** When the connection came about, in nanoseconds since the session's start. */
  readonly openedAt: number;
  /** When the session did, in milliseconds since 1970. */
  readonly startedWallMs: number;
  readonly stateOf: (identity: string) => StationState;
}

const nsPerMs = 1e6;

/** The facts of one message. */
export class AskedMessage implements OpenFacts {
  readonly identity: string;
  readonly direction: Direction;
  readonly version: OcppVersion | undefined;
  readonly type: DecidedType;
  readonly action: string | undefined;
  readonly connection: number;
  readonly age: number;
  readonly wall: number;
  private readonly observation: Observation;
  private readonly stateOf: Surroundings["stateOf"];
  private parsed: unknown;
  private isParsed = false;
  /** By the numbers of their pointers. */
  private readonly followed: Followed[] = [];

  constructor(observation: Observation, { openedAt, startedWallMs, stateOf }: Surroundings) {
    this.identity = observation.identity;
    this.direction = observation.direction;
    this.version = observation.version;
    this.type = observation.type;
    this.action = observation.action;
    this.connection = observation.ordinal;
    this.age = observation.at - openedAt;
    this.wall = startedWallMs + observation.at / nsPerMs;
    this.observation = observation;
    this.stateOf = stateOf;
  }

  payload(): unknown {
    if (!this.isParsed) this.parsed = this.observation.payload();
    this.isParsed = true;
    return this.parsed;
  }

  valueAt({ slot, steps }: AskedPath): Followed {
    const known = this.followed[slot];
    if (known !== undefined) return known;
    const found = follow(this.payload(), steps);
    this.followed[slot] = found;
    return found;
  }

  state(): StationState {
    return this.stateOf(this.identity);
  }
}
