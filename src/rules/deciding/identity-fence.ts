// Charge points that rules may touch, whatever the rules themselves say: where there is a list, nobody else is ever
// disturbed, not by a rule that is put or armed later either.

import type { Direction } from "../../base/direction.js";
import { matchesGlob } from "../../text/glob.js";
import { type Decision, type MessageView, noDecision } from "../contract/effect.js";
import type { RuledMessage } from "../contract/ruled-message.js";
import type { Decider, Kind } from "./decide.js";
import { LiveRules } from "./live-rules.js";

/** The list of a fence: identities as they are, or globs over them. */
export type FenceList = readonly string[];

/** Whether a list lets rules touch this charge point; an identity may hold asterisks of its own. */
export function isWithin(list: FenceList | undefined, identity: string): boolean {
  return list === undefined || list.some((entry) => entry === identity || matchesGlob(entry, identity));
}

/** Rules that can change and touch nobody outside the list. */
export class FencedRules extends LiveRules {
  private readonly allowed: FenceList | undefined;

  constructor(list: FenceList | undefined) {
    super({ mayChange: true });
    this.allowed = list;
  }

  override mayTouch(identity: string | undefined): boolean {
    return identity === undefined ? this.allowed === undefined : isWithin(this.allowed, identity);
  }

  override touches(identity: string, direction: Direction): boolean {
    return isWithin(this.allowed, identity) && super.touches(identity, direction);
  }
}

class FencedDecider implements Decider {
  readonly rules: LiveRules;
  private readonly inner: Decider;
  private readonly list: FenceList;

  constructor(inner: Decider, list: FenceList) {
    this.inner = inner;
    this.rules = inner.rules;
    this.list = list;
  }

  decide(message: RuledMessage, view: MessageView): Decision {
    return isWithin(this.list, message.identity) ? this.inner.decide(message, view) : noDecision;
  }

  meet(message: RuledMessage, view?: MessageView): Decision {
    return isWithin(this.list, message.identity) ? this.inner.meet(message, view) : noDecision;
  }

  heard(identity: string, ordinal: number, at: number): void {
    this.inner.heard(identity, ordinal, at);
  }

  nextAt(identity: string, ordinal: number): number | undefined {
    return isWithin(this.list, identity) ? this.inner.nextAt(identity, ordinal) : undefined;
  }

  tick(message: Omit<RuledMessage, "action">): Decision {
    return isWithin(this.list, message.identity) ? this.inner.tick(message) : noDecision;
  }

  passing(kind: Kind): void {
    this.inner.passing(kind);
  }

  forget(identity: string, ordinal: number): void {
    this.inner.forget(identity, ordinal);
  }
}

/** The decider behind a fence; the very same one where there is no list. */
export function fenced(decider: Decider, list: FenceList | undefined): Decider {
  return list === undefined ? decider : new FencedDecider(decider, list);
}
