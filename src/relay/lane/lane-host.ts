// What a lane gets from its connection, in one interface: the decider, the names of messages, the messages of our own, and
// somebody who carries out what rules want of the connection. Types only.

import type { Direction } from "../../base/direction.js";
import type { CloseAction, RuledAction } from "../../rules/contract/action.js";
import type { ConnectionDecider } from "../../rules/deciding/connection-decider.js";
import type { RelayLimits } from "../limits.js";
import type { MessageNames } from "../messages/message-names.js";
import type { OwnMessages } from "../own/own-messages.js";
import type { RelayCommand } from "../protocol.js";

/** The connection, as its lanes see it; commands are pushed to `out`. */
export interface LaneHost {
  readonly limits: RelayLimits;
  readonly rules: ConnectionDecider;
  readonly names: MessageNames;
  readonly own: OwnMessages;
  /** Rises whenever `needsGate` can give another answer. */
  readonly gateGeneration: number;
  /** Whether a rule or the operator can act on this direction now, so that it must be a gate. */
  needsGate(direction: Direction): boolean;
  /** Closes both sides, for a rule. */
  close(action: CloseAction, rule: string, atNs: number, out: RelayCommand[]): void;
  /** Carries out an action of a rule. */
  perform(ruled: RuledAction, atNs: number, out: RelayCommand[]): void;
}
