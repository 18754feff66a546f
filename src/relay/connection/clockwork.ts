// The rules of a connection that act without a message: at its beginning, after a silence, at times. Asks the decider
// at the right moments, records what was decided, and leaves the doing to the connection.

import { noBytes } from "../../base/bytes.js";
import { timerMs } from "../../base/time.js";
import type { OcppVersion } from "../../ocpp/version.js";
import type { Decision } from "../../rules/contract/effect.js";
import type { RuledMessage } from "../../rules/contract/ruled-message.js";
import type { Decider } from "../../rules/deciding/decide.js";
import type { RelayCommand, RelayEvent } from "../protocol.js";

/** Whose rules, and who carries them out. */
export interface ClockworkOptions {
  readonly connection: number;
  readonly identity: string;
  readonly ordinal: number;
  readonly version?: OcppVersion | undefined;
  readonly rules: Decider;
  readonly carryOut: (decision: Decision, at: number, out: RelayCommand[]) => void;
}

/** The timer of the clockwork. */
export const clockworkTimer = "rules";

/** What is no message has no direction of its own; decisions tell it as the charger's. */
const direction = "cp-to-csms";
const noPayload = (): undefined => undefined;

/** Watches the clock for the rules of one connection. */
export class Clockwork {
  private readonly options: ClockworkOptions;
  /** When the timer rings. */
  private dueAt: number | undefined;

  constructor(options: ClockworkOptions) {
    this.options = options;
  }

  /** The connection has come about. */
  start(at: number, out: RelayCommand[]): void {
    const decision = this.options.rules.meet(this.about(at));
    this.take(decision, null, at, out);
  }

  /** The timer rang. */
  ring(at: number, out: RelayCommand[]): void {
    this.dueAt = undefined;
    this.take(this.options.rules.tick(this.about(at)), "by the clock", at, out);
  }

  /** Something happened: sets the timer, if a rule waits for one. */
  watch(event: RelayEvent, out: RelayCommand[]): void {
    const { rules, identity, ordinal } = this.options;
    if (!rules.rules.hasTimed && this.dueAt === undefined) return;
    if (event.kind === "bytes") rules.heard(identity, ordinal, event.at);
    const due = rules.nextAt(identity, ordinal);
    // A silence that has ended only makes the timer ring in vain.
    if (due === undefined || (this.dueAt !== undefined && this.dueAt <= due)) return;
    this.dueAt = due;
    const ms = timerMs(event.at, due);
    out.push({ kind: "timer", id: clockworkTimer, ms });
  }

  /** The connection as rules see it. */
  private about(at: number): RuledMessage {
    const { identity, ordinal, version } = this.options;
    return {
      at,
      identity,
      ordinal,
      version,
      direction,
      type: "connection",
      id: undefined,
      action: undefined,
      payload: noPayload,
    };
  }

  private take(decision: Decision, action: string | null, at: number, out: RelayCommand[]): void {
    const { connection, carryOut } = this.options;
    for (const applied of decision.applied) {
      const base = { kind: "decision", connection, direction, at, type: "connection", action } as const;
      out.push({ kind: "record", entry: { ...base, original: noBytes, ...applied }, sent: false });
    }
    if (decision.applied.length > 0) carryOut(decision, at, out);
  }
}
