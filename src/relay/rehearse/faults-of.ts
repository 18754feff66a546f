// The faults of a recording: its rules (from the header, and from notes about rules that were put while it was recorded),
// its seed, and what each rule acted on. What cannot be done again is listed.

import type { DecisionEntry, Entry } from "../../cassette/format/entry.js";
import {
  type RecordedApplication,
  type RecordedFaults,
  recordedFaults,
} from "../../rules/deciding/recorded-faults.js";
import { readRules } from "../../rules/language/read-rules.js";
import type { Rule } from "../../rules/language/rule-set.js";

/** The code of a note that holds the text of rules that were put during the recording. */
export const rulesTextCode = "rules-text";

/** The faults of a recording, and what cannot be done again, a sentence each. */
export interface FaultsOfRecording {
  readonly faults: RecordedFaults;
  readonly notes: readonly string[];
}

/** The rules of a recording as they were when they acted. */
class RulesOfRecording {
  /** Whether the recording holds the text of any rule. */
  hasText = false;
  /** The latest text of each rule, in the order in which rules first came. */
  private readonly latest = new Map<string, Rule>();
  private readonly acted = new Map<string, Rule>();
  private readonly lost = new Set<string>();
  private readonly changed = new Set<string>();

  put(text: string): void {
    const { ruleSet } = readRules(text);
    if (ruleSet === undefined) return;
    this.hasText = true;
    for (const rule of ruleSet.rules) this.latest.set(rule.id, rule);
  }

  act({ rule: id }: DecisionEntry): void {
    const rule = this.latest.get(id);
    const before = this.acted.get(id);
    if (rule === undefined) this.lost.add(id);
    else if (before === undefined) this.acted.set(id, rule);
    else if (before !== rule && JSON.stringify(before) !== JSON.stringify(rule)) this.changed.add(id);
  }

  get rules(): readonly Rule[] {
    return [...this.latest].map(([id, rule]) => this.acted.get(id) ?? rule);
  }

  get notes(): readonly string[] {
    return [
      ...[...this.lost].map(
        (id) => `the cassette does not hold the rule ${id}; what it did is not done again`,
      ),
      ...[...this.changed].map(
        (id) => `the rule ${id} was changed during the recording; what its first version did is done again`,
      ),
    ];
  }
}

/** The faults of a recording; undefined where no rule acted, or where it does not hold the rules. */
export function faultsOf(entries: readonly Entry[]): FaultsOfRecording | undefined {
  const session = entries.find((entry) => entry.kind === "session");
  if (session === undefined) return undefined;
  const known = new RulesOfRecording();
  if (session.rules !== null) known.put(session.rules);
  const ordinals = new Map<number, number>();
  const applications: RecordedApplication[] = [];
  for (const entry of entries) {
    switch (entry.kind) {
      case "connection-opened":
        ordinals.set(entry.connection, entry.ordinal);
        break;
      case "note":
        if (entry.code === rulesTextCode) known.put(entry.message);
        break;
      case "decision":
        known.act(entry);
        applications.push(applicationOf(entry, ordinals.get(entry.connection) ?? entry.connection));
        break;
      default:
        break;
    }
  }
  if (!known.hasText || applications.length === 0) return undefined;
  const { seed } = session;
  const ruleSet = { seed: seed ?? undefined, rules: known.rules, source: session.rules ?? "" };
  return {
    faults: recordedFaults(session.identity ?? "", ruleSet, seed ?? 0, applications),
    notes: known.notes,
  };
}

const applicationOf = (
  { rule, direction, type, action, ordinal }: DecisionEntry,
  connection: number,
): RecordedApplication => ({ rule, connection, direction, type, action, ordinal });
