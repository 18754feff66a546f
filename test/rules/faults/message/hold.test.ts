import { expect, test } from "vitest";
import { hold } from "../../../../src/rules/faults/message/hold.js";
import { play } from "../../../support/worlds/playbook.js";
import { RelayWorld, relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { reported, settingsOf, tried } from "../trial.js";

test.each([
  [{}, { until: "command", within: 30_000 }],
  [{ until: "command" }, { until: "command", within: 30_000 }],
  [
    { until: { direction: "cp>csms", type: "CALL", action: "Stop*", id: "7" }, within: "1m" },
    { until: { direction: "cp-to-csms", type: "CALL", action: "Stop*", id: "7" }, within: 60_000 },
  ],
])("hold reads the settings %j", (plain, settings) => {
  expect(settingsOf(hold, plain)).toEqual(settings);
});

test.each([
  { until: {} },
  { until: "later" },
  { until: { typ: "CALL" } },
  { until: { type: "call" } },
  { until: { direction: "up" } },
])("hold reports the invalid settings %j", (plain) => {
  expect(reported(hold, plain)).not.toEqual([]);
});

test("hold forwards the message after the awaited message, in either direction", () => {
  const rules = fromCharger("A", "{ hold: { until: { direction: csms-to-cp, action: Rese? } } }");
  play(relayPlayer({ rules }, true), [
    '>> charger text [2,"1","A",{}]',
    '<< cassette: cp-to-csms text [2,"1","A",{}], seen 0',
    '<< cassette: r1 CALL A held until a Rese? message csms-to-cp, 30000 ms at most: text [2,"1","A",{}]',
    '>> charger text [2,"2","B",{}]',
    '<< csms gets text [2,"2","B",{}]',
    '<< cassette: cp-to-csms text [2,"2","B",{}], seen 0, sent',
    '>> csms text [2,"x","Reset",{}]',
    '<< charger gets text [2,"x","Reset",{}]',
    '<< cassette: csms-to-cp text [2,"x","Reset",{}], seen 2, sent',
    '<< csms gets text [2,"1","A",{}]',
  ]);
});

test("hold without `until` waits for a command, and then for the delay of the message", () => {
  const world = new RelayWorld({ rules: fromCharger("A", "{ delay: 1s }, { hold: {} }") });
  world.perform('charger text [2,"1","A",{}]');
  world.after(2000);
  expect(world.written.csms).toHaveLength(0);
  world.handle({ kind: "operator", command: { kind: "release", by: "me" }, atNs: world.now });
  world.after(999);
  expect(world.written.csms).toHaveLength(0);
  world.after(1);
  expect(world.written.csms).toHaveLength(1);
});

test("hold ends after its longest time", () => {
  expect(tried(hold, { within: "5s" }, "[2]")).toMatchObject({
    outcome: "held until a command, 5000 ms at most",
    wait: { kind: "command", withinMs: 5000 },
  });
  play(relayPlayer({ rules: fromCharger("A", "{ hold: { within: 5s } }") }), [
    '>> charger text [2,"1","A",{}]',
    ">> after 5000",
    '<< csms gets text [2,"1","A",{}]',
  ]);
});

test("hold ends when the awaited message is forwarded, not when it is received", () => {
  const rules = [
    "version: 1",
    "rules:",
    "  - { id: r1, when: { action: A }, then: [ { hold: { until: { action: B } } } ] }",
    "  - { id: r2, when: { action: B }, then: [ { delay: 1s } ] }",
  ].join("\n");
  play(relayPlayer({ rules }), [
    '>> charger text [2,"1","A",{}]',
    '>> charger text [2,"2","B",{}]',
    ">> after 999",
    ">> after 1",
    '<< csms gets text [2,"2","B",{}]',
    '<< csms gets text [2,"1","A",{}]',
  ]);
});
