import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import { draw } from "../../../src/base/draw.js";
import { type Decision, noEffect } from "../../../src/rules/contract/decision.js";
import { connectionEvent } from "../../../src/rules/contract/ruled-message.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { LiveRules } from "../../../src/rules/deciding/live-rules.js";
import type { RuleSet } from "../../../src/rules/language/rule-set.js";
import { decide, ruledMessage, ruleSet, textFrame } from "../sample.js";

const call = (action: string, payload: unknown = {}, id = "1"): string =>
  JSON.stringify([2, id, action, payload]);
const outcomes = (decision: Decision): readonly string[] => decision.applied.map(({ outcome }) => outcome);

describe("a decider", () => {
  test("lets no rule act on a charge point outside the fence, at any point", () => {
    const rules = new LiveRules({ mayChange: true, fence: ["LAB-*"] });
    rules.replace(
      ruleSet(
        "{ id: m, then: [ drop: ] }",
        "{ id: c, then: [ kick: ] }",
        "{ id: u, then: [ refuse: ] }",
        "{ id: i, trigger: { idle: 1s }, then: [ close: ] }",
      ),
      { armed: true },
    );
    const decider = createDecider(rules, 1);
    const actsOn = (identity: string): readonly string[] => {
      const connection = decider.open({ identity, ordinal: 1 });
      const upgrade = decider.beforeConnection(identity);
      const decisions = [
        connection.decide(connectionEvent(connection, "connection", 0)),
        connection.decide(ruledMessage(call("A"), {}, connection)),
        upgrade.decide(connectionEvent(upgrade, "upgrade", 0)),
        connection.tick(2e9),
      ];
      return decisions.flatMap(({ applied }) => applied.map(({ rule }) => rule));
    };
    expect(actsOn("LAB-1")).toEqual(["c", "m", "u", "i"]);
    expect(actsOn("CP1")).toEqual([]);
    expect(decider.open({ identity: "CP1", ordinal: 1 }).nextAtNs()).toBeUndefined();
  });

  test("counts the handshakes and upgrades of a charge point over all of its dials", () => {
    const decider = createDecider(ruleSet("{ id: u, trigger: { nth: 2 }, then: [ refuse: ] }"), 1);
    const dial = (identity: string): number => {
      const upgrade = decider.beforeConnection(identity);
      return upgrade.decide(connectionEvent(upgrade, "upgrade", 0)).applied.length;
    };
    expect([dial("CP1"), dial("CP2"), dial("CP1"), dial("CP1")]).toEqual([0, 0, 1, 0]);
  });

  test("gives one shared decision where no rule matches, without parsing the payload", () => {
    const decider = createDecider(
      ruleSet("{ id: a, when: { action: Boot*, path: { /x: 1 } }, then: [ drop: ] }"),
      1,
    );
    const never = (): never => {
      throw new Error("parsed");
    };
    expect(decide(decider, call("Heartbeat"), { payload: never })).toBe(noEffect);
    expect(decide(decider, call("BootNotification"))).toBe(noEffect);
  });

  test("parses the payload once for all rules", () => {
    const rules = ruleSet(
      "{ id: a, when: { path: { /x: 2 } }, then: [ drop: ] }",
      "{ id: b, when: { path: { /x: 1 } }, then: [ drop: ] }",
    );
    const text = call("A", { x: 1 });
    const parse = vi.spyOn(JSON, "parse");
    expect(decide(createDecider(rules, 1), text).applied.map(({ rule }) => rule)).toEqual(["b"]);
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  test("drops the third heartbeat of a connection and no other", () => {
    const decider = createDecider(
      ruleSet("{ id: a, when: { action: Heartbeat }, trigger: { nth: 3 }, then: [ drop: ] }"),
      1,
    );
    const heartbeats = Array.from({ length: 4 }, () => decide(decider, call("Heartbeat")));
    expect(heartbeats.map((decision) => decision.applied.length)).toEqual([0, 0, 1, 0]);
    expect(heartbeats[2]).toMatchObject({
      applied: [{ rule: "a", fault: "drop", ordinal: 3, draw: null, outcome: "dropped", sent: [] }],
      delayMs: 0,
      copies: [],
      isChanged: true,
    });
  });

  test("composes the faults of a rule and of the rules in the order of the file", () => {
    const decider = createDecider(
      ruleSet(
        "{ id: a, then: [ { delay: 100ms }, { duplicate: {} } ] }",
        "{ id: b, when: { action: Nothing }, then: [ drop: ] }",
        "{ id: c, then: [ { malformed: { kind: truncated } }, { delay: { ms: 50, holds: lane } }, { close: { code: 1001, forward: true } } ] }",
        "{ id: d, then: [ { duplicate: {} } ] }",
      ),
      1,
    );
    const decision = decide(decider, call("Heartbeat"));
    const { applied } = decision;
    expect(applied.map(({ rule, fault, outcome, sent }) => [rule, fault, outcome, sent.length])).toEqual([
      ["a", "delay", "delayed 100 ms", 1],
      ["a", "duplicate", "duplicated 1 time", 2],
      ["c", "malformed", "malformed truncated", 2],
      ["c", "delay", "delayed 50 ms", 2],
      ["c", "close", "closed 1001", 2],
    ]);
    expect(decision).toMatchObject({
      delayMs: 150,
      holds: "lane",
      isChanged: true,
      close: { code: 1001, reason: "", discardHeld: false },
    });
    expect(decision.copies).toEqual(applied[2]?.sent);
  });

  test("a delay alone leaves the bytes of all fragments as they came", () => {
    const frames = [textFrame("[2,"), textFrame('"1"]')];
    const decider = createDecider(ruleSet("{ id: a, then: [ { delay: 1s } ] }"), 1);
    const { isChanged, copies } = decide(decider, "[2]", { frames });
    expect(isChanged).toBe(false);
    expect(copies).toEqual([concat(frames.map(({ raw }) => raw))]);
  });

  test("a final fault ends the chain, but the counters of later rules go on", () => {
    const rules = ruleSet(
      "{ id: a, trigger: { first: 2 }, then: [ drop: ] }",
      "{ id: b, trigger: { nth: 3 }, then: [ { duplicate: {} } ] }",
    );
    const decider = createDecider(rules, 1);
    const seen = Array.from({ length: 3 }, () => outcomes(decide(decider, call("Heartbeat"))));
    expect(seen).toEqual([["dropped"], ["dropped"], ["duplicated 1 time"]]);
  });

  test.each([
    ["connection", ["CP1.1", "CP1.2", "CP2.1"]],
    ["identity", ["CP1.1", "CP2.1"]],
    ["all", ["CP1.1"]],
  ])("counts per %s", (per, expected) => {
    const decider = createDecider(ruleSet(`{ id: a, trigger: { nth: 1, per: ${per} }, then: [ drop: ] }`), 1);
    const places: [string, number][] = [
      ["CP1", 1],
      ["CP1", 1],
      ["CP1", 2],
      ["CP2", 1],
    ];
    const dropped = places.filter(
      ([identity, ordinal]) => decide(decider, call("A"), { identity, ordinal }).applied.length > 0,
    );
    expect(dropped.map(([identity, ordinal]) => `${identity}.${ordinal}`)).toEqual(expected);
  });

  test("draws depend on the seed, the rule, the message's own place and the slot", () => {
    const decider = createDecider(
      ruleSet(
        "{ id: a, trigger: { probability: 1 }, then: [ { delay: { ms: 0, jitter: 1000000 } }, { delay: { ms: 0, jitter: 1000000 } }, { duplicate: {} } ] }",
      ),
      7,
    );
    decide(decider, call("Heartbeat"));
    decide(decider, call("Other"));
    const { applied } = decide(decider, call("Heartbeat"), { id: "whatever" });
    const at = (slot: string) => draw(7, ["a", "CP1", 1, "cp-to-csms", "CALL", "Heartbeat", 2, slot]);
    expect(applied.map((one) => one.draw)).toEqual([at("delay"), at("delay#2"), at("trigger")]);
    expect(applied[0]?.ordinal).toBe(2);
  });

  test("answers count by the action of their CALL, and unreadable messages count as well", () => {
    const rules = ruleSet(
      "{ id: a, when: { type: CALLRESULT, action: StartTransaction, path: { /transactionId: 7 } }, then: [ drop: ] }",
      "{ id: u, when: { type: unreadable }, then: [ { duplicate: {} } ] }",
    );
    const decider = createDecider(rules, 1);
    const answer = '[3,"1",{"transactionId":7}]';
    const direction: Direction = "csms-to-cp";
    expect(outcomes(decide(decider, answer, { direction, action: "StartTransaction" }))).toEqual(["dropped"]);
    expect(outcomes(decide(decider, answer, { direction }))).toEqual([]);
    expect(outcomes(decide(decider, "garbage", { payload: () => undefined }))).toEqual(["duplicated 1 time"]);
  });

  test("keeps counting in bounded memory when a peer makes up actions without end", () => {
    const decider = createDecider(ruleSet("{ id: a, trigger: { nth: 1500 }, then: [ drop: ] }"), 1);
    const hits = Array.from({ length: 1600 }, (_, i) => decide(decider, call(`A${i}`)).applied[0]).filter(
      (one) => one !== undefined,
    );
    expect(hits.map(({ ordinal }) => ordinal)).toEqual([500]);
  });
});

/** One message of some traffic; `lane` says whose. */
interface Sent {
  readonly identity: string;
  readonly ordinal: number;
  readonly direction: Direction;
  readonly text: string;
  readonly action: string;
}

const sent: fc.Arbitrary<Sent> = fc
  .record({
    identity: fc.constantFrom("CP1", "CP2", "CP3"),
    ordinal: fc.constantFrom(1, 2),
    direction: fc.constantFrom<Direction>("cp-to-csms", "csms-to-cp"),
    action: fc.constantFrom("Heartbeat", "MeterValues", "Reset"),
    type: fc.constantFrom(2, 3),
    x: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ type, x, ...rest }) => ({
    ...rest,
    text: JSON.stringify(type === 2 ? [2, "1", rest.action, { x }] : [3, "1", { x }]),
  }));

const chancy: RuleSet = ruleSet(
  "{ id: maybe, trigger: { probability: 0.4 }, then: [ { delay: { ms: 10, jitter: 1000 } } ] }",
  "{ id: break, when: { path: { /x: { gte: 1 } } }, trigger: { every: 2, probability: 0.7 }, then: [ { malformed: { kind: invalid-utf8 } } ] }",
  "{ id: lose, when: { action: MeterValues }, trigger: { after: 1, times: 3 }, then: [ drop: ] }",
  "{ id: own, when: { action: Heartbeat }, trigger: { probability: 0.5, times: 4, per: identity }, then: [ { duplicate: {} } ] }",
);

const run = (
  traffic: readonly Sent[],
  rules: RuleSet = chancy,
  seed = 99,
): readonly { what: Sent; decision: Decision }[] => {
  const decider = createDecider(rules, seed);
  return traffic.map((what) => ({ what, decision: plain(decide(decider, what.text, what)) }));
};

/** A decision without the memory of the one who made it. */
const plain = (decision: Decision): Decision =>
  Object.fromEntries(
    Object.keys(noEffect).map((key) => [key, decision[key as keyof Decision]]),
  ) as unknown as Decision;

const only = (results: ReturnType<typeof run>, fits: (what: Sent) => boolean): readonly Decision[] =>
  results.filter(({ what }) => fits(what)).map(({ decision }) => decision);

const traffic = fc.array(sent, { maxLength: 60 });

describe("chance", () => {
  test("the same traffic and seed give the same decisions, another seed gives others", () => {
    fc.assert(
      fc.property(traffic, (messages) => {
        expect(run(messages)).toEqual(run(messages));
      }),
    );
    const heartbeats = Array.from(
      { length: 50 },
      (): Sent => ({
        identity: "CP1",
        ordinal: 1,
        direction: "cp-to-csms",
        action: "Heartbeat",
        text: call("Heartbeat"),
      }),
    );
    expect(run(heartbeats, chancy, 1)).not.toEqual(run(heartbeats, chancy, 2));
  });

  test("the traffic of other charge points changes no decision", () => {
    const own = (what: Sent): boolean => what.identity === "CP1";
    fc.assert(
      fc.property(traffic, (messages) => {
        expect(run(messages.filter(own)).map(({ decision }) => decision)).toEqual(only(run(messages), own));
      }),
    );
  });

  test("the other direction, other actions and the timing of answers change no draw", () => {
    const rules = ruleSet(
      "{ id: a, trigger: { probability: 0.4 }, then: [ { delay: { ms: 10, jitter: 1000 } } ] }",
    );
    const own = (what: Sent): boolean =>
      what.action === "Heartbeat" && what.direction === "cp-to-csms" && what.text.startsWith("[2");
    fc.assert(
      fc.property(traffic, (messages) => {
        const alone = run(messages.filter(own), rules).map(({ decision }) => decision);
        expect(only(run(messages, rules), own)).toEqual(alone);
      }),
    );
  });

  test("other rules change nothing: a rule acts wherever it would act alone, unless the message was dropped before", () => {
    const alone: RuleSet = { ...chancy, rules: chancy.rules.slice(3) };
    fc.assert(
      fc.property(traffic, (messages) => {
        const together = run(messages);
        for (const [i, { decision }] of run(messages, alone).entries()) {
          const beside = together[i]?.decision.applied ?? [];
          const expected = beside.some(({ fault }) => fault === "drop")
            ? []
            : decision.applied.map((one) => [one.ordinal, one.draw]);
          expect(beside.filter(({ rule }) => rule === "own").map((one) => [one.ordinal, one.draw])).toEqual(
            expected,
          );
        }
      }),
    );
  });
});
