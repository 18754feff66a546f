import { describe, expect, test } from "vitest";
import type { DecidedType } from "../../../src/ocpp/envelope/message-type.js";
import { type Fitting, Fittings } from "../../../src/rules/deciding/rule-index.js";
import { AskedMessage } from "../../../src/rules/matching/message-facts.js";
import { FollowedStation } from "../../../src/rules/matching/station-state.js";
import { prepared, ruledMessage } from "../sample.js";

const kind = (action: string | undefined, more: { identity?: string; type?: DecidedType } = {}) => {
  const { identity = "CP1", type = "CALL" } = more;
  return { identity, direction: "cp-to-csms", connection: 1, version: "1.6", type, action } as const;
};

const told = ({ candidates }: Fitting) => candidates.map(({ rule, open }) => [rule.id, open.length]);

const surroundings = { startedWallMs: 0, stateOf: () => new FollowedStation() };

describe("the rules that fit messages of a kind", () => {
  test("are those that could, in their order, with what has still to be asked", () => {
    const rules = prepared(
      "{ id: a, when: { action: Heartbeat }, then: [ drop: ] }",
      "{ id: b, when: { action: Heart*, path: { /x: 1 }, state: { booted: true } }, then: [ drop: ] }",
      "{ id: c, when: { action: Reset }, then: [ drop: ] }",
    );
    const fittings = new Fittings();
    expect(told(fittings.of(rules, kind("Heartbeat")))).toEqual([
      ["a", 0],
      ["b", 2],
    ]);
    expect(told(fittings.of(rules, kind(undefined)))).toEqual([]);
  });

  test("act on what the message is", () => {
    const rules = prepared("{ id: m, then: [ drop: ] }", "{ id: p, then: [ drop-ping: ] }");
    const fittings = new Fittings();
    expect(told(fittings.of(rules, kind("Heartbeat")))).toEqual([["m", 0]]);
    expect(told(fittings.of(rules, kind(undefined, { type: "ping" })))).toEqual([["p", 0]]);
  });

  test("are one and the same wherever they are the same", () => {
    const rules = prepared(
      "{ id: a, when: { path: { /x: 1 } }, then: [ drop: ] }",
      "{ id: b, when: { identity: CP2, action: Reset }, then: [ drop: ] }",
    );
    const fittings = new Fittings();
    const one = fittings.of(rules, kind("Heartbeat"));
    expect(fittings.of(rules, kind("Heartbeat", { identity: "CP9" }))).toBe(one);
    expect(fittings.of(rules, kind("MeterValues", { identity: "CP2" }))).toBe(one);
    expect(told(fittings.of(rules, kind("Reset", { identity: "CP2" })))).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
  });

  test("say whether one of them looks at earlier messages", () => {
    const rules = prepared(
      "{ id: a, when: { action: Heartbeat }, then: [ replay-earlier: ] }",
      "{ id: b, then: [ drop: ] }",
    );
    const fittings = new Fittings();
    expect(fittings.of(rules, kind("Heartbeat")).recalls).toBe(true);
    expect(fittings.of(rules, kind("Reset")).recalls).toBe(false);
  });

  test("ask of a message what was left open, and nothing else", () => {
    const rules = prepared(
      "{ id: one, when: { path: { /x: 1, /y/0: { exists: true } } }, then: [ drop: ] }",
      "{ id: two, when: { path: { /x: 2 } }, then: [ drop: ] }",
    );
    const { candidates } = new Fittings().of(rules, kind("Heartbeat"));
    const holding = (payload: string): readonly string[] => {
      const facts = new AskedMessage(ruledMessage(`[2,"1","Heartbeat",${payload}]`), 0, surroundings);
      return candidates.filter(({ open }) => open.every((asks) => asks(facts))).map(({ rule }) => rule.id);
    };
    expect(holding('{"x":1,"y":[0]}')).toEqual(["one"]);
    expect(holding('{"x":1,"y":[]}')).toEqual([]);
    expect(holding('{"x":2}')).toEqual(["two"]);
  });
});
