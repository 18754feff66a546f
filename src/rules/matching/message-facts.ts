// A message as the conditions of rules ask about it. Made for every message that a rule could fit, so it is one object
// whose payload and state are looked up only when somebody asks.

import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Followed, follow } from "../../ocpp/json/pointer.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { Observation } from "../contract/message.js";
import type { AskedPath } from "./asked-paths.js";
import type { OpenFacts } from "./match.js";
import type { StationState } from "./station-state.js";

/** What must be known beside the message. */
export interface Surroundings {
  /** When the session began, in milliseconds since 1970. */
  readonly startedWallMs: number;
  readonly stateOf: (identity: string) => StationState;
}

/** The facts of one message, on a connection that came about at `openedAt`, in nanoseconds since the session's start. */
export class AskedMessage implements OpenFacts {
  readonly type: DecidedType;
  readonly action: string | undefined;
  private readonly observation: Observation;
  private readonly openedAt: number;
  private readonly surroundings: Surroundings;
  private parsed: unknown;
  private isParsed = false;
  /** By the numbers of their pointers. */
  private readonly followed: Followed[] = [];

  constructor(observation: Observation, openedAt: number, surroundings: Surroundings) {
    this.type = observation.type;
    this.action = observation.action;
    this.observation = observation;
    this.openedAt = openedAt;
    this.surroundings = surroundings;
  }

  get identity(): string {
    return this.observation.identity;
  }

  get direction(): Direction {
    return this.observation.direction;
  }

  get version(): OcppVersion | undefined {
    return this.observation.version;
  }

  get connection(): number {
    return this.observation.ordinal;
  }

  get age(): number {
    return this.observation.at - this.openedAt;
  }

  get wall(): number {
    return this.surroundings.startedWallMs + this.observation.at / nsPerMs;
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
    return this.surroundings.stateOf(this.identity);
  }
}
