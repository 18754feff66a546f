// What is remembered of one direction of a connection: its messages, counted by type and action, and for each type and
// action the rules that can act on it, so that a message that no rule can match costs next to nothing.

import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import { type Recollection, recollect } from "../contract/recollection.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import { type LaneRules, noRules, type RuleIndex, type RuleIndexEntry } from "./rule-index.js";

/** Distinct types and actions of one direction that have counters of their own; the rest share one. */
const mostKinds = 1000;

/** Types and actions of one direction whose last messages are remembered. */
const mostRemembering = 64;

/** What is remembered of the messages of one type and action. */
export interface KindMemory {
  readonly type: DecidedType;
  /** Empty where the messages have none. */
  readonly action: string;
  /** The rules that can act on them. */
  entry: RuleIndexEntry;
  seen: number;
  recollection: Recollection | undefined;
}

/** What is remembered of one direction of a connection. */
export class LaneMemory {
  /** The id of the last CALL. */
  callId: string | undefined;
  private rules: LaneRules | undefined;
  private index: RuleIndex | undefined;
  private readonly kinds = new Map<DecidedType, Map<string, KindMemory>>();
  /** The one that was looked up last, which is often looked up again. */
  private last: KindMemory | undefined;
  private count = 0;
  /** Messages of types and actions that came too late to have a counter; they are counted together. */
  private others = 0;
  private remembering = 0;

  /** Takes the rules as they are now. */
  use(index: RuleIndex, rules: LaneRules): void {
    this.index = index;
    this.rules = rules;
    for (const ofType of this.kinds.values())
      for (const kind of ofType.values()) kind.entry = this.entry(kind.type, kind.action);
  }

  /** What is remembered of messages like this one. */
  kindOf({ type, action = "" }: Pick<RuledMessage, "type" | "action">): KindMemory {
    const { last } = this;
    if (last !== undefined && last.type === type && last.action === action) return last;
    const known = this.kinds.get(type)?.get(action);
    if (known === undefined) return this.begin(type, action);
    this.last = known;
    return known;
  }

  /** Keeps a message for faults that look at earlier ones. */
  remember(kind: KindMemory, bytes: Uint8Array): void {
    if (kind.recollection === undefined) {
      if (this.remembering >= mostRemembering) return;
      this.remembering++;
      kind.recollection = recollect();
    }
    kind.recollection.note(bytes);
  }

  private begin(type: DecidedType, action: string): KindMemory {
    // Beyond the limit one counter serves all, and nothing is kept that will not be looked up again.
    const isKept = this.count < mostKinds;
    const seen = isKept ? 0 : this.others++;
    const kind: KindMemory = { type, action, entry: this.entry(type, action), seen, recollection: undefined };
    if (!isKept) return kind;
    this.count++;
    const ofType = this.kinds.get(type) ?? new Map<string, KindMemory>();
    this.kinds.set(type, ofType.set(action, kind));
    return kind;
  }

  private entry(type: DecidedType, action: string): RuleIndexEntry {
    if (this.index === undefined || this.rules === undefined) return noRules;
    return this.index.entry(this.rules, type, action === "" ? undefined : action);
  }
}
