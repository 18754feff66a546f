// The faults that a cassette shows: its rules (from the header, and from notes where rules came to life while it was
// recorded), its seed, and on what each rule acted. What cannot be done again is said.

import type { DecisionEntry, Entry } from "../../cassette/format/entry.js";
import {
  type RecordedApplication,
  type RecordedFaults,
  recordedFaults,
} from "../../rules/deciding/recorded-faults.js";
import { readRules } from "../../rules/language/read-rules.js";
import type { Rule } from "../../rules/language/rule-set.js";

/** The code of a note that holds the text of rules which were put while the recording ran. */
export const rulesTextCode = "rules-text";

/** The faults of a cassette, and what of them is lost, one sentence each. */
export interface FaultsOfRecording {
  readonly faults: RecordedFaults;
  readonly notes: readonly string[];
}

/** The rules of a recording as they were when they acted. */
class RulesOfRecording {
  /** Whether the recording holds any. */
  hasText = false;
  /** In the order in which they first came. */
  private readonly now = new Map<string, Rule>();
  private readonly acted = new Map<string, Rule>();
  private readonly lost = new Set<string>();
  private readonly changed = new Set<string>();

  put(text: string): void {
    const { ruleSet } = readRules(text);
    if (ruleSet === undefined) return;
    this.hasText = true;
    for (const rule of ruleSet.rules) this.now.set(rule.id, rule);
  }

  act({ rule: id }: DecisionEntry): void {
    const rule = this.now.get(id);
    const before = this.acted.get(id);
    if (rule === undefined) this.lost.add(id);
    else if (before === undefined) this.acted.set(id, rule);
    else if (before !== rule && JSON.stringify(before) !== JSON.stringify(rule)) this.changed.add(id);
  }

  get rules(): readonly Rule[] {
    return [...this.now].map(([id, rule]) => this.acted.get(id) ?? rule);
  }

  get notes(): readonly string[] {
    return [
      ...[...this.lost].map(
        (id) => `the rule ${id} does not stand in the cassette; what it did is not done again`,
      ),
      ...[...this.changed].map(
        (id) => `the rule ${id} was changed while it was recorded; it does again what it first said`,
      ),
    ];
  }
}

/** Reads the faults of a recording; undefined where it shows none, or does not hold its rules. */
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
