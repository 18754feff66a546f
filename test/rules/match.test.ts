import { describe, expect, test } from "vitest";
import { matchesKind, matchesLane, matchesPaths } from "../../src/rules/match.js";
import { everyMessage, readWhen } from "../../src/rules/read-when.js";
import type { When } from "../../src/rules/rule-set.js";
import { collector, plainValue } from "./sample.js";

const when = (plain: unknown): When => readWhen(plainValue(plain), collector().report) ?? everyMessage;

describe("the conditions of a rule", () => {
  test("a plain identity is exact, even with an asterisk in it; like is a glob", () => {
    const exact = when({ identity: "DE*ABC" });
    expect(matchesLane(exact, "DE*ABC", "cp-to-csms")).toBe(true);
    expect(matchesLane(exact, "DE-X-ABC", "cp-to-csms")).toBe(false);
    const either = when({ identity: ["X", { like: "CP-*" }] });
    expect(["X", "CP-1", "cp-1"].map((identity) => matchesLane(either, identity, "csms-to-cp"))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("a direction excludes the other one", () => {
    expect(matchesLane(when({ direction: "csms-to-cp" }), "X", "cp-to-csms")).toBe(false);
    expect(matchesLane(when({}), "X", "cp-to-csms")).toBe(true);
  });

  test("types and actions are lists of which one must fit; an unknown action fits no condition", () => {
    const both = when({ type: ["CALL", "SEND"], action: ["Boot*", "Heartbeat"] });
    expect(matchesKind(both, "CALL", "BootNotification")).toBe(true);
    expect(matchesKind(both, "CALLRESULT", "BootNotification")).toBe(false);
    expect(matchesKind(both, "SEND", "MeterValues")).toBe(false);
    expect(matchesKind(when({ action: "*" }), "CALLRESULT", undefined)).toBe(false);
    expect(matchesKind(when({}), "unreadable", undefined)).toBe(true);
  });

  const payload = {
    n: 2,
    big: 9223372036854776000,
    text: "12.50",
    word: "GroundFailure",
    none: null,
    list: [{ v: true }],
  };

  test.each([
    [{ "/n": 2 }, true],
    [{ "/n": { equals: 2.0 } }, true],
    [{ "/n": "2" }, false],
    [{ "/n": { gt: 1, lt: 3 } }, true],
    [{ "/n": { gt: 2 } }, false],
    [{ "/n": { gte: 2, lte: 2 } }, true],
    [{ "/text": { gt: 12.4, lt: 12.6 } }, true],
    [{ "/word": { gt: 0 } }, false],
    [{ "/word": { lt: 0 } }, false],
    [{ "/word": { matches: "^Ground" } }, true],
    [{ "/n": { matches: "2" } }, false],
    [{ "/none": { equals: null } }, true],
    [{ "/none": { exists: true } }, true],
    [{ "/gone": { exists: false } }, true],
    [{ "/gone": { equals: null } }, false],
    [{ "/toString": { exists: true } }, false],
    [{ "/__proto__/n": { exists: true } }, false],
    [{ "/list/0/v": true }, true],
    [{ "/n": 2, "/word": "x" }, false],
    [{ "": { exists: true } }, true],
    [{}, true],
  ])("%j gives %s", (path, outcome) => {
    expect(matchesPaths(when({ path }).paths, payload)).toBe(outcome);
  });

  test("where there is no payload no condition holds, not even absence", () => {
    expect(matchesPaths(when({ path: { "/a": { exists: false } } }).paths, undefined)).toBe(false);
    expect(matchesPaths(when({}).paths, undefined)).toBe(true);
  });
});
