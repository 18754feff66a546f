// The rules of a connection that act without a message: when it opens, after a silence, at times. Asks the decider at the
// right moments, and keeps its timer; the connection carries out what is decided.

import { timerMs } from "../../base/time.js";
import type { Decision } from "../../rules/contract/decision.js";
import { connectionEvent } from "../../rules/contract/ruled-message.js";
import type { ConnectionDecider } from "../../rules/deciding/connection-decider.js";
import type { RelayCommand, RelayEvent } from "../protocol.js";

/** The timer of the clockwork. */
export const clockworkTimer = "rules";

/** Watches the clock for the rules of one connection. */
export class Clockwork {
  private readonly rules: ConnectionDecider;
  /** When the timer rings, in nanoseconds since the session's start. */
  private timerAtNs: number | undefined;

  constructor(rules: ConnectionDecider) {
    this.rules = rules;
  }

  /** The connection has opened. */
  start(atNs: number): Decision {
    return this.rules.decide(connectionEvent(this.rules, "connection", atNs));
  }

  /** The timer rang. */
  ring(atNs: number): Decision {
    this.timerAtNs = undefined;
    return this.rules.tick(atNs);
  }

  /** Something happened: sets the timer, if a rule waits for one. */
  watch(event: RelayEvent, out: RelayCommand[]): void {
    const { rules } = this;
    if (!rules.rules.hasTimed && this.timerAtNs === undefined) return;
    if (event.kind === "bytes") rules.noteBytes(event.atNs);
    const nextNs = rules.nextAtNs();
    // After a silence that has ended, the timer rings and nothing is due.
    if (nextNs === undefined || (this.timerAtNs !== undefined && this.timerAtNs <= nextNs)) return;
    this.timerAtNs = nextNs;
    const ms = timerMs(event.atNs, nextNs);
    out.push({ kind: "timer", id: clockworkTimer, ms });
  }
}
