// The deciders of a run: one for each connection, and what they share.

import type { RuleSet } from "../language/rule-set.js";
import { FollowedStation } from "../matching/station-state.js";
import type { Counter } from "../matching/trigger.js";
import {
  ConnectionDecider,
  type ConnectionFacts,
  type Counters,
  found,
  type RunMemory,
} from "./connection-decider.js";
import { type LiveRule, LiveRules } from "./live-rules.js";
import type { RecordedFaults } from "./recorded-faults.js";
import { RuleIndex } from "./rule-index.js";

/** Decides for all connections of a run. */
export interface Decider {
  readonly rules: LiveRules;
  /** Makes the decider of a connection, which counts from its first message on. */
  open(connection: ConnectionFacts): ConnectionDecider;
  /** The decider for the TLS handshakes and upgrades of a charge point, which come before there is a connection. */
  beforeConnection(identity: string): ConnectionDecider;
}

/** Makes a decider that does again what was done in a recording; its rules can be those of a run. */
export function createRecordedDecider(
  faults: RecordedFaults,
  rules: LiveRules = LiveRules.armed(faults.ruleSet),
): Decider {
  return new RunDecider(rules, faults.seed, 0, faults);
}

/** Makes the decider of a run that began at this time, in milliseconds since 1970; all rules of a rule set are armed. */
export function createDecider(rules: LiveRules | RuleSet, seed: number, sessionStartMs = 0): Decider {
  const live = rules instanceof LiveRules ? rules : LiveRules.armed(rules);
  return new RunDecider(live, seed, sessionStartMs);
}

class RunDecider implements Decider, RunMemory {
  readonly rules: LiveRules;
  readonly seed: number;
  readonly sessionStartMs: number;
  readonly recorded: RecordedFaults | undefined;
  readonly everyone: Counters = new Map();
  private latest: RuleIndex | undefined;
  private readonly identities = new Map<string, Counters>();
  private readonly stations = new Map<string, FollowedStation>();
  private readonly unconnected = new Map<string, ConnectionDecider>();

  constructor(rules: LiveRules, seed: number, sessionStartMs: number, recorded?: RecordedFaults) {
    this.rules = rules;
    this.seed = seed;
    this.sessionStartMs = sessionStartMs;
    this.recorded = recorded;
  }

  open(connection: ConnectionFacts): ConnectionDecider {
    return new ConnectionDecider(connection, this);
  }

  beforeConnection(identity: string): ConnectionDecider {
    return found(this.unconnected, identity, () => this.open({ identity, ordinal: 0 }));
  }

  index(): RuleIndex {
    if (this.latest?.generation !== this.rules.generation) this.latest = new RuleIndex(this.rules);
    return this.latest;
  }

  countersOf(identity: string): Counters {
    return found(this.identities, identity, () => new Map<LiveRule, Counter>());
  }

  stationOf(identity: string): FollowedStation {
    return found(this.stations, identity, () => new FollowedStation());
  }
}
