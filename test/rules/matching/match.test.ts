import { describe, expect, test } from "vitest";
import { everyMessage, readWhen } from "../../../src/rules/language/read-when.js";
import type { When } from "../../../src/rules/language/rule-set.js";
import { type KnownFacts, matches } from "../../../src/rules/matching/match.js";
import { FollowedStation } from "../../../src/rules/matching/station-state.js";
import { collector, plainValue, ruledMessage } from "../sample.js";

const when = (plain: unknown): When => readWhen(plainValue(plain), collector().report) ?? everyMessage;

const facts = (more: Partial<KnownFacts> = {}): KnownFacts => ({
  identity: "CP1",
  direction: "cp-to-csms",
  ordinal: 1,
  version: "1.6",
  type: "CALL",
  action: "Heartbeat",
  payload: () => ({}),
  station: new FollowedStation(),
  ageNs: 0,
  wallMs: 0,
  ...more,
});

const holds = (plain: unknown, more: Partial<KnownFacts> = {}): boolean | undefined =>
  matches(when(plain), facts(more));

describe("conditions of a rule", () => {
  test("a plain identity is exact, even with an asterisk in it; like is a glob, matches a pattern", () => {
    const matching = (identity: unknown, names: readonly string[]): readonly string[] =>
      names.filter((name) => matches(when({ identity }), { identity: name, direction: "cp-to-csms" }));
    expect(matching("DE*ABC", ["DE*ABC", "DE-X-ABC"])).toEqual(["DE*ABC"]);
    expect(matching(["X", { like: "CP-*" }], ["X", "CP-1", "cp-1"])).toEqual(["X", "CP-1"]);
    expect(matching({ matches: "^CP-[0-9]+$" }, ["CP-12", "CP-1a"])).toEqual(["CP-12"]);
  });

  test("a direction excludes the other one", () => {
    expect(holds({ direction: "csms-to-cp" })).toBe(false);
    expect(holds({})).toBe(true);
  });

  test("types and actions are lists of which one must match; an unknown action matches no condition", () => {
    const both = { type: ["CALL", "SEND"], action: ["Boot*", "Heartbeat"] };
    expect(holds(both, { action: "BootNotification" })).toBe(true);
    expect(holds(both, { type: "CALLRESULT", action: "BootNotification" })).toBe(false);
    expect(holds(both, { type: "SEND", action: "MeterValues" })).toBe(false);
    expect(holds({ action: "*" }, { type: "CALLRESULT", action: undefined })).toBe(false);
    expect(holds({}, { type: "unreadable", action: undefined })).toBe(true);
  });

  test.each([
    [{ version: "1.6" }, {}, true],
    [{ version: ["2.0.1", "2.1"] }, {}, false],
    [{ version: "2.0.1" }, { version: "2.0.1" }, true],
    [{ connection: 2 }, {}, false],
    [{ connection: [1, 3] }, {}, true],
    [{ connection: { gt: 1 } }, { ordinal: 2 }, true],
    [{ window: { to: "30s" } }, { ageNs: 29e9 }, true],
    [{ window: { to: "30s" } }, { ageNs: 30e9 }, false],
    [{ window: { from: "10s", to: "30s" } }, { ageNs: 9e9 }, false],
    [{ clock: { from: "22:00", to: "06:00" } }, { wallMs: Date.UTC(2026, 1, 1, 23) }, true],
    [{ clock: { from: "22:00", to: "06:00" } }, { wallMs: Date.UTC(2026, 1, 1, 12) }, false],
    [{ clock: { from: "08:00", to: "09:00" } }, { wallMs: Date.UTC(2026, 1, 1, 8, 59) }, true],
    [
      { clock: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00+01:00" } },
      { wallMs: Date.UTC(2026, 2, 1, 22, 59) },
      true,
    ],
    [
      { clock: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00+01:00" } },
      { wallMs: Date.UTC(2026, 2, 1, 23) },
      false,
    ],
    [{ not: { action: "Heartbeat" } }, {}, false],
    [{ not: { action: "Boot*" } }, {}, true],
    [{ any: [{ action: "Boot*" }, { identity: "CP1" }] }, {}, true],
    [{ any: [{ action: "Boot*" }, { identity: "CP2" }] }, {}, false],
    [{ all: [{ action: "Heart*" }, { not: { identity: "CP2" } }] }, {}, true],
    [{ all: [{ action: "Heart*" }, { identity: "CP2" }] }, {}, false],
    [{ not: { path: { "/a": 1 } } }, { payload: () => undefined }, true],
  ] as const)("conditions %j with the facts %j: %s", (plain, more, outcome) => {
    expect(holds(plain, more)).toBe(outcome);
  });

  test("a rule is left out only where no message can match it", () => {
    const lane = { identity: "CP1", direction: "cp-to-csms" } as const;
    const could = (plain: unknown): boolean => matches(when(plain), lane) !== false;
    expect(could({ not: { identity: "CP1" } })).toBe(false);
    expect(could({ not: { identity: "CP1", action: "X" } })).toBe(true);
    expect(could({ any: [{ identity: "CP2" }, { direction: "csms-to-cp" }] })).toBe(false);
    expect(could({ any: [{ identity: "CP2" }, { action: "X" }] })).toBe(true);
    expect(could({ all: [{ identity: "CP1" }, { direction: "csms-to-cp" }] })).toBe(false);
    const kind = { ...lane, type: "CALL", action: "Heartbeat" } as const;
    expect(matches(when({ action: "Heartbeat" }), kind)).toBe(true);
    expect(matches(when({ action: "Heartbeat", path: { "/a": 1 } }), kind)).toBeUndefined();
    expect(matches(when({ action: "Boot*", path: { "/a": 1 } }), kind)).toBe(false);
  });

  test("the state of a charge point is that before the message", () => {
    const station = new FollowedStation();
    const state = { station };
    const idle = { state: { inTransaction: false, booted: false } };
    expect(holds(idle, state)).toBe(true);
    station.update(ruledMessage('[2,"1","BootNotification",{}]'));
    station.update(
      ruledMessage('[3,"1",{"status":"Accepted"}]', { direction: "csms-to-cp", action: "BootNotification" }),
    );
    station.update(ruledMessage('[2,"2","StatusNotification",{"connectorId":2,"status":"Charging"}]'));
    station.update(ruledMessage('[2,"3","StartTransaction",{"connectorId":2}]'));
    expect(holds(idle, state)).toBe(false);
    expect(holds({ state: { inTransaction: true, connector: 2, booted: true } }, state)).toBe(true);
    expect(holds({ state: { inTransaction: true, connector: 1 } }, state)).toBe(false);
    expect(holds({ state: { status: ["Charging", "SuspendedEV"], connector: 2 } }, state)).toBe(true);
    expect(holds({ state: { status: "Available" } }, state)).toBe(false);
    station.update(
      ruledMessage('[3,"3",{"transactionId":9}]', { direction: "csms-to-cp", action: "StartTransaction" }),
    );
    station.update(ruledMessage('[2,"4","StopTransaction",{"transactionId":9}]'));
    expect(holds({ state: { inTransaction: false } }, state)).toBe(true);
  });

  const payload = {
    n: 2,
    big: 9223372036854776000,
    text: "12.50",
    word: "GroundFailure",
    none: null,
    when: "2026-03-01T07:00:00Z",
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
    [{ "/gone": { absent: true } }, true],
    [{ "/n": { absent: true } }, false],
    [{ "/n": { in: [1, 2] } }, true],
    [{ "/n": { in: ["2"] } }, false],
    [{ "/none": { in: ["2", null] } }, true],
    [{ "/n": { in: ["2", null] } }, false],
    [{ "/when": { before: "2026-03-01T09:00:00+01:00" } }, true],
    [{ "/when": { after: "2026-03-01T06:59:59Z" } }, true],
    [{ "/when": { after: "2026-03-01T08:00:00+01:00" } }, false],
    [{ "/word": { before: "2026-03-01T08:00:00Z" } }, false],
    [{ "/toString": { exists: true } }, false],
    [{ "/__proto__/n": { exists: true } }, false],
    [{ "/list/0/v": true }, true],
    [{ "/n": 2, "/word": "x" }, false],
    [{ "": { exists: true } }, true],
    [{}, true],
  ])("path conditions %j: %s", (path, outcome) => {
    expect(holds({ path }, { payload: () => payload })).toBe(outcome);
  });

  test("without a payload no path condition holds, not even absence", () => {
    const none = { payload: () => undefined };
    expect(holds({ path: { "/a": { exists: false } } }, none)).toBe(false);
    expect(holds({}, none)).toBe(true);
  });
});
