// A message as the conditions of rules ask about it. Made for every message that a rule could fit, so it is one object
// whose payload and state are looked up only when somebody asks.

import type { Direction } from "../../base/direction.js";
import { nsPerMs } from "../../base/time.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Followed, follow } from "../../ocpp/json/pointer.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { RuledMessage } from "../contract/ruled-message.js";
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
  private readonly message: RuledMessage;
  private readonly openedAt: number;
  private readonly surroundings: Surroundings;
  private parsed: unknown;
  private isParsed = false;
  /** By the numbers of their pointers. */
  private readonly followed: Followed[] = [];

  constructor(message: RuledMessage, openedAt: number, surroundings: Surroundings) {
    this.type = message.type;
    this.action = message.action;
    this.message = message;
    this.openedAt = openedAt;
    this.surroundings = surroundings;
  }

  get identity(): string {
    return this.message.identity;
  }

  get direction(): Direction {
    return this.message.direction;
  }

  get version(): OcppVersion | undefined {
    return this.message.version;
  }

  get connection(): number {
    return this.message.ordinal;
  }

  get age(): number {
    return this.message.at - this.openedAt;
  }

  get wall(): number {
    return this.surroundings.startedWallMs + this.message.at / nsPerMs;
  }

  payload(): unknown {
    if (!this.isParsed) this.parsed = this.message.payload();
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
