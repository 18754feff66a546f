import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import { draw } from "../../../src/base/draw.js";
import { type Decision, noDecision } from "../../../src/rules/contract/effect.js";
import type { RuledMessage } from "../../../src/rules/contract/ruled-message.js";
import { createDecider, type Decider } from "../../../src/rules/deciding/decide.js";
import type { RuleSet } from "../../../src/rules/language/rule-set.js";
import { message, ruledMessage, ruleSet, textFrame } from "../sample.js";

const call = (action: string, payload: unknown = {}, id = "1"): string =>
  JSON.stringify([2, id, action, payload]);
const send = (decider: Decider, text: string, more: Partial<RuledMessage> = {}): Decision =>
  decider.decide(ruledMessage(text, more), message(text, more.direction));
const outcomes = (decision: Decision): readonly string[] => decision.applied.map(({ outcome }) => outcome);

describe("a decider", () => {
  test("passes what no rule matches with one shared decision, without looking at the payload", () => {
    const decider = createDecider(
      ruleSet("{ id: a, when: { action: Boot*, path: { /x: 1 } }, then: [ drop: ] }"),
      1,
    );
    const never = (): never => {
      throw new Error("parsed");
    };
    expect(send(decider, call("Heartbeat"), { payload: never })).toBe(noDecision);
    expect(send(decider, call("BootNotification"))).toBe(noDecision);
  });

  test("parses the payload once for all rules", () => {
    const rules = ruleSet(
      "{ id: a, when: { path: { /x: 2 } }, then: [ drop: ] }",
      "{ id: b, when: { path: { /x: 1 } }, then: [ drop: ] }",
    );
    let parsed = 0;
    const payload = () => ({ x: ++parsed });
    expect(send(createDecider(rules, 1), call("A"), { payload }).applied.map(({ rule }) => rule)).toEqual([
      "b",
    ]);
    expect(parsed).toBe(1);
  });

  test("drops the third heartbeat of a connection and no other", () => {
    const decider = createDecider(
      ruleSet("{ id: a, when: { action: Heartbeat }, trigger: { nth: 3 }, then: [ drop: ] }"),
      1,
    );
    const heartbeats = Array.from({ length: 4 }, () => send(decider, call("Heartbeat")));
    expect(heartbeats.map((decision) => decision.applied.length)).toEqual([0, 0, 1, 0]);
    expect(heartbeats[2]).toEqual({
      applied: [{ rule: "a", fault: "drop", ordinal: 3, draw: null, outcome: "dropped", sent: [] }],
      effect: {
        delayMs: 0,
        holds: "message",
        copies: [],
        changed: true,
        close: undefined,
        wait: undefined,
        gapMs: 0,
        together: 1,
        actions: [],
      },
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
    const { applied, effect } = send(decider, call("Heartbeat"));
    expect(applied.map(({ rule, fault, outcome, sent }) => [rule, fault, outcome, sent.length])).toEqual([
      ["a", "delay", "delayed 100 ms", 1],
      ["a", "duplicate", "duplicated 1 time", 2],
      ["c", "malformed", "malformed truncated", 2],
      ["c", "delay", "delayed 50 ms", 2],
      ["c", "close", "closed 1001", 2],
    ]);
    expect(effect).toMatchObject({
      delayMs: 150,
      holds: "lane",
      changed: true,
      close: { code: 1001, reason: "", discardHeld: false },
    });
    expect(effect.copies).toEqual(applied[2]?.sent);
  });

  test("a delay alone leaves the bytes of all fragments as they came", () => {
    const frames = [textFrame("[2,"), textFrame('"1"]')];
    const decider = createDecider(ruleSet("{ id: a, then: [ { delay: 1s } ] }"), 1);
    const { effect } = decider.decide(ruledMessage("[2]"), { direction: "cp-to-csms", frames });
    expect(effect.changed).toBe(false);
    expect(effect.copies).toEqual([concat(frames.map(({ raw }) => raw))]);
  });

  test("a final fault ends the chain, but the counters of later rules go on", () => {
    const rules = ruleSet(
      "{ id: a, trigger: { first: 2 }, then: [ drop: ] }",
      "{ id: b, trigger: { nth: 3 }, then: [ { duplicate: {} } ] }",
    );
    const decider = createDecider(rules, 1);
    const seen = Array.from({ length: 3 }, () => outcomes(send(decider, call("Heartbeat"))));
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
      ([identity, ordinal]) => send(decider, call("A"), { identity, ordinal }).applied.length > 0,
    );
    expect(dropped.map(([identity, ordinal]) => `${identity}.${ordinal}`)).toEqual(expected);
  });

  test("forgets the counters of a connection, and those of that connection only", () => {
    const rules = ruleSet(
      "{ id: a, trigger: { nth: 1 }, then: [ drop: ] }",
      "{ id: b, trigger: { nth: 1, per: identity }, then: [ drop: ] }",
    );
    const decider = createDecider(rules, 1);
    const named = (ordinal: number) => send(decider, call("A"), { ordinal }).applied.map(({ rule }) => rule);
    expect([named(1), named(2)]).toEqual([["a"], ["a"]]);
    decider.forget("CP1", 1);
    decider.forget("nobody", 1);
    expect([named(1), named(2)]).toEqual([["a"], []]);
  });

  test("draws depend on the seed, the rule, the message's own place and the slot", () => {
    const decider = createDecider(
      ruleSet(
        "{ id: a, trigger: { probability: 1 }, then: [ { delay: { ms: 0, jitter: 1000000 } }, { delay: { ms: 0, jitter: 1000000 } }, { duplicate: {} } ] }",
      ),
      7,
    );
    send(decider, call("Heartbeat"));
    send(decider, call("Other"));
    const { applied } = send(decider, call("Heartbeat"), { id: "whatever" });
    const at = (slot: string) => draw(7, ["a", "CP1", 1, "cp-to-csms", "CALL", "Heartbeat", 2, slot]);
    expect(applied.map((one) => one.draw)).toEqual([at("delay"), at("delay#2"), at("trigger")]);
    expect(applied[0]?.ordinal).toBe(2);
  });

  test("answers count by the action of their CALL, and unreadable messages are messages, too", () => {
    const rules = ruleSet(
      "{ id: a, when: { type: CALLRESULT, action: StartTransaction, path: { /transactionId: 7 } }, then: [ drop: ] }",
      "{ id: u, when: { type: unreadable }, then: [ { duplicate: {} } ] }",
    );
    const decider = createDecider(rules, 1);
    const answer = '[3,"1",{"transactionId":7}]';
    const direction: Direction = "csms-to-cp";
    expect(outcomes(send(decider, answer, { direction, action: "StartTransaction" }))).toEqual(["dropped"]);
    expect(outcomes(send(decider, answer, { direction }))).toEqual([]);
    expect(outcomes(send(decider, "garbage", { payload: () => undefined }))).toEqual(["duplicated 1 time"]);
  });

  test("keeps counting in bounded memory when a peer makes up actions without end", () => {
    const decider = createDecider(ruleSet("{ id: a, trigger: { nth: 1500 }, then: [ drop: ] }"), 1);
    const hits = Array.from({ length: 1600 }, (_, i) => send(decider, call(`A${i}`)).applied[0]).filter(
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
  return traffic.map((what) => ({ what, decision: send(decider, what.text, what) }));
};

const only = (results: ReturnType<typeof run>, fits: (what: Sent) => boolean): readonly Decision[] =>
  results.filter(({ what }) => fits(what)).map(({ decision }) => decision);

const traffic = fc.array(sent, { maxLength: 60 });

describe("chance", () => {
  test("the same traffic gets the same decisions, another seed gets others", () => {
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

  test("the traffic of other charge points shifts nothing", () => {
    const own = (what: Sent): boolean => what.identity === "CP1";
    fc.assert(
      fc.property(traffic, (messages) => {
        expect(run(messages.filter(own)).map(({ decision }) => decision)).toEqual(only(run(messages), own));
      }),
    );
  });

  test("the other direction, other actions and the timing of answers shift no draw", () => {
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

  test("other rules shift nothing: a rule acts wherever it would act alone, unless the message is gone by then", () => {
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
