// The rule controller: arming for a time, and the reports of changes. The tests of the admin API show it with traffic.
import { describe, expect, test, vi } from "vitest";
import { type RuleChangeEvent, RuleController } from "../../../src/io/control/rule-controller.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

const file = "version: 1\nrules: [ { id: a, then: [ { drop: {} } ] }, { id: b, then: [ { delay: 1s } ] } ]\n";

const controller = (over: { defaultTtlMs?: number; needsTtl?: boolean } = {}) => {
  const rules = new LiveRules({ mayChange: true });
  const { ruleSet } = readRules(file);
  if (ruleSet !== undefined) rules.replace(ruleSet, { armed: true });
  const events: RuleChangeEvent[] = [];
  const made = new RuleController({
    rules,
    clock: startClock(),
    defaultTtlMs: over.defaultTtlMs,
    needsTtl: over.needsTtl === true,
    onChange: (event) => events.push(event),
  });
  return { rules, events, made };
};

describe("the rule controller", () => {
  test("rules that are armed from the start are disarmed after the default time, and it is reported", () => {
    vi.useFakeTimers();
    try {
      const { rules, events, made } = controller({ defaultTtlMs: 1000 });
      made.begin();
      expect(events).toEqual([]);
      vi.advanceTimersByTime(999);
      expect(rules.active).toHaveLength(2);
      made.arm(["b"], 5000, "me");
      vi.advanceTimersByTime(1);
      expect(rules.active.map(({ rule }) => rule.id)).toEqual(["b"]);
      expect(events.map(({ code }) => code)).toEqual(["rules-armed", "rules-disarmed"]);
      made.disarm(["b"], "me");
      vi.advanceTimersByTime(10_000);
      expect(events.map(({ code }) => code)).toEqual(["rules-armed", "rules-disarmed", "rules-disarmed"]);
      made.close();
    } finally {
      vi.useRealTimers();
    }
  });

  test("the time of a rule begins when it is armed, and again when it is armed again", () => {
    const { rules, made } = controller();
    const armedAtNs = (): number => rules.active.find(({ rule }) => rule.id === "a")?.armedAtNs ?? -1;
    expect(armedAtNs()).toBe(0);
    made.arm(["a"], undefined, "me");
    const first = armedAtNs();
    expect(first).toBeGreaterThan(0);
    made.arm(["a"], undefined, "me");
    expect(armedAtNs()).toBeGreaterThan(first);
    made.close();
  });

  test("rules with errors change nothing, and the first error is reported with its position", () => {
    const { rules, events, made } = controller();
    expect(made.replace("version: 2\nrules: 1\n", "the file x.yaml").kind).toBe("wrong");
    expect(rules.active).toHaveLength(2);
    expect(events).toMatchObject([{ code: "rules-refused" }]);
    expect(events[0]?.message).toMatch(
      /^the rules of the file x\.yaml have 2 errors; the old rules stay: 1:\d+: /,
    );
  });

  test("the texts of new rules are kept, the latest last", () => {
    const { made, events } = controller();
    expect(made.sourcesSinceStart()).toEqual([]);
    const text = (id: string, then: string): string =>
      `version: 1\nrules: [ { id: ${id}, then: [ ${then} ] } ]\n`;
    const two = "version: 1\nrules: [ { id: c, then: [ drop: ] }, { id: d, then: [ drop: ] } ]\n";
    made.add(two, "me");
    made.add(text("c", "delay: 1s"), "me");
    expect(made.sourcesSinceStart()).toEqual([two, text("c", "delay: 1s")]);
    expect(events[0]).toMatchObject({ code: "rules-changed", source: two });
    made.remove("d", "me");
    expect(made.sourcesSinceStart()).toEqual([text("c", "delay: 1s")]);
    made.replace(file, "me");
    expect(made.sourcesSinceStart()).toEqual([]);
    made.replace(text("e", "drop:"), "me");
    expect(made.sourcesSinceStart()).toEqual([text("e", "drop:")]);
  });

  test("new connections get a note only after a change, and production targets need a time", () => {
    const { made } = controller({ needsTtl: true });
    expect(made.openingNote()).toBeUndefined();
    expect(made.arm(undefined, undefined, "me")).toEqual({ kind: "needs-ttl" });
    expect(made.arm(["nobody"], 1000, "me")).toEqual({ kind: "unknown", id: "nobody" });
    made.disarm(undefined, "me");
    expect(made.openingNote()).toMatchObject({ code: "rules-disarmed" });
    expect(made.remove("a", "me")).toEqual({ kind: "done", ids: ["a"] });
    expect(made.remove("a", "me")).toEqual({ kind: "done", ids: [] });
    expect(made.find("a")).toBeUndefined();
    made.close();
  });
});
