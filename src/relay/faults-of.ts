// The faults that a cassette shows: its rule file and seed from the header, and on what each rule acted. What cannot be
// done again (rules that came to life while it was recorded and stand in no header) is said.

import type { Entry } from "../cassette/entry.js";
import { readRules } from "../rules/read-rules.js";
import { type RecordedApplication, type RecordedFaults, recordedFaults } from "../rules/recorded-faults.js";

/** The faults of a cassette, and what of them is lost, one sentence each. */
export interface FaultsOfTape {
  readonly faults: RecordedFaults;
  readonly notes: readonly string[];
}

/** Reads the faults of a recording; undefined where it shows none, or does not hold its rules. */
export function faultsOf(entries: readonly Entry[]): FaultsOfTape | undefined {
  const session = entries.find((entry) => entry.kind === "session");
  const decisions = entries.filter((entry) => entry.kind === "decision");
  if (session === undefined || decisions.length === 0) return undefined;
  const ruleSet = session.rules === null ? undefined : readRules(session.rules).ruleSet;
  if (ruleSet === undefined) return undefined;
  const ordinals = new Map<number, number>();
  for (const entry of entries)
    if (entry.kind === "connection-opened") ordinals.set(entry.connection, entry.ordinal);
  const known = new Set(ruleSet.rules.map(({ id }) => id));
  const lost = new Set<string>();
  const applications: RecordedApplication[] = [];
  for (const { rule, connection, direction, type, action, ordinal } of decisions) {
    if (!known.has(rule)) lost.add(rule);
    const number = ordinals.get(connection) ?? connection;
    applications.push({ rule, connection: number, direction, type, action, ordinal });
  }
  const notes = [...lost].map(
    (rule) => `the rule ${rule} is not in the cassette's rule file; what it did is not done again`,
  );
  return { faults: recordedFaults(session.identity ?? "", ruleSet, session.seed ?? 0, applications), notes };
}
