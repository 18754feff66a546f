import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { faultsOf } from "../../../src/relay/rehearse/faults-of.js";
import { rehearse } from "../../../src/relay/rehearse/rehearse.js";
import { createRecordedDecider } from "../../../src/rules/deciding/decide.js";
import { beat, recorded, someRules } from "../../support/cassettes/faulted-recording.js";

describe("the faults of a recording", () => {
  const script = Array.from({ length: 20 }, (_, id) => id).flatMap((id) => [
    `charger text ${beat(id)}`,
    "after 100",
  ]);

  test("give the same decisions with the same draws on traffic of the same shape, of any charge point", () => {
    const { recording } = recorded(someRules, script);
    const found = faultsOf(recording);
    if (found === undefined) throw new Error("no faults");
    const other = recording
      .filter(({ kind }) => kind !== "decision" && kind !== "injected")
      .map((entry) => (entry.kind === "connection-opened" ? { ...entry, identity: "OTHER" } : entry));
    const what = (entries: readonly Entry[]) =>
      entries.flatMap((entry) => {
        if (entry.kind !== "decision") return [];
        const { rule, fault, draw, outcome, ordinal } = entry;
        return [{ rule, fault, draw, outcome, ordinal }];
      });
    const again = [...rehearse(other, createRecordedDecider(found.faults))].map(({ entry }) => entry);
    expect(what(again)).toEqual(what(recording));
    expect(what(recording).length).toBeGreaterThan(2);
    expect(found.notes).toEqual([]);
  });

  test("are listed where the header does not hold their rules, and are undefined where no rule acted", () => {
    const { recording } = recorded(someRules, script);
    const stranger = recording.map((entry) =>
      entry.kind === "decision" && entry.rule === "slow" ? { ...entry, rule: "by-hand" } : entry,
    );
    expect(faultsOf(stranger)?.notes).toEqual([
      "the cassette does not hold the rule by-hand; what it did is not done again",
    ]);
    expect(faultsOf(recording.filter(({ kind }) => kind !== "decision"))).toBeUndefined();
    expect(faultsOf(recording.slice(1))).toBeUndefined();
  });

  test("include rules that were put during the recording, each as it was when it acted", () => {
    const { recording } = recorded(someRules, script);
    const [header, ...rest] = recording;
    if (header?.kind !== "session") throw new Error("no header");
    const textNote = (message: string): Entry => ({
      kind: "note",
      connection: 1,
      at: 0,
      code: "rules-text",
      message,
    });
    const live = [{ ...header, rules: null }, textNote(someRules), ...rest] as const;
    expect(faultsOf(live)?.faults.ruleSet.rules).toEqual(faultsOf(recording)?.faults.ruleSet.rules);
    expect(faultsOf(live)?.notes).toEqual([]);
    const id = faultsOf(recording)?.faults.ruleSet.rules[0]?.id ?? "";
    const other = textNote(`version: 1\nrules: [ { id: ${id}, then: [ drop: ] } ]\n`);
    const decision = recording.find((entry) => entry.kind === "decision" && entry.rule === id);
    if (decision === undefined) throw new Error(`${id} never acted`);
    const changed = faultsOf([...live, other, decision]);
    expect(changed?.notes).toEqual([
      `the rule ${id} was changed during the recording; what its first version did is done again`,
    ]);
    expect(changed?.faults.ruleSet.rules).toEqual(faultsOf(recording)?.faults.ruleSet.rules);
    expect(faultsOf([{ ...header, rules: null }, ...rest])).toBeUndefined();
  });
});
