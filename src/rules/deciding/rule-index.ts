// The rules that can act on messages of one type and action, with what has still to be asked of each of them. Shared by
// all connections on which they are the same, so that what is asked at every message stays near at hand.

import { BoundedMap } from "../../base/bounded-map.js";
import type { DecidedType } from "../../ocpp/envelope/message-type.js";
import type { Point } from "../contract/fault.js";
import { AskedPaths } from "../matching/asked-paths.js";
import { asking, type KindFacts, type OpenQuestion, openQuestions } from "../matching/match.js";
import type { Prepared } from "./fault-chain.js";

/** A rule that messages of one type and action can fit. */
export interface Candidate extends Prepared {
  /** What has to be asked of each of them. */
  readonly open: readonly OpenQuestion[];
}

/** The rules that messages of one type and action can fit, in their order. */
export interface Fitting {
  readonly candidates: readonly Candidate[];
  /** Whether one of them looks at earlier messages. */
  readonly recalls: boolean;
}

/** No rule at all. */
export const noFitting: Fitting = { candidates: [], recalls: false };

/** Names that peers make up can call for ever new choices of rules. */
const mostChoices = 1000;

interface Numbered {
  readonly candidate: Candidate;
  readonly number: number;
}

/** The choices of one state of the rules. */
export class Fittings {
  private readonly known = new Map<Prepared, Map<number, Numbered>>();
  private readonly choices = new BoundedMap<string, Fitting>(mostChoices);
  private readonly paths = new AskedPaths();
  private numbered = 0;

  /** Those of the rules that messages of this kind can fit. */
  of(rules: readonly Prepared[], kind: KindFacts): Fitting {
    const point = pointOf(kind.type);
    const found: Numbered[] = [];
    for (const prepared of rules) {
      const open = prepared.rule.point === point ? openQuestions(prepared.rule.when, kind) : undefined;
      if (open !== undefined) found.push(this.candidate(prepared, open));
    }
    if (found.length === 0) return noFitting;
    const key = found.map(({ number }) => number).join();
    const known = this.choices.get(key);
    if (known !== undefined) return known;
    const candidates = found.map(({ candidate }) => candidate);
    const fitting = { candidates, recalls: candidates.some(({ recalls }) => recalls) };
    this.choices.set(key, fitting);
    return fitting;
  }

  private candidate(prepared: Prepared, open: number): Numbered {
    const ofRule = this.known.get(prepared) ?? new Map<number, Numbered>();
    this.known.set(prepared, ofRule);
    const known = ofRule.get(open);
    if (known !== undefined) return known;
    const { live, rule, slots, recalls } = prepared;
    const candidate = { live, rule, slots, recalls, open: asking(rule.when, open, this.paths) };
    const made = { candidate, number: this.numbered++ };
    ofRule.set(open, made);
    return made;
  }
}

/** What a rule must act on to act on this. */
const pointOf = (type: DecidedType): Point => {
  switch (type) {
    case "ping":
    case "pong":
    case "connection":
    case "upgrade":
    case "tls":
      return type;
    default:
      return "message";
  }
};
