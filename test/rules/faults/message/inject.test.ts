import { expect, test } from "vitest";
import { inject } from "../../../../src/rules/faults/message/inject.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { reported, tried } from "../trial.js";

const rules = (then: string): string => fromCharger("A", then);
const trigger = "inject: { id: own, direction: csms-to-cp, action: Reset, payload: { type: Soft } }";
const own = '[2,"own","Reset",{"type":"Soft"}]';

test.each([
  {},
  { direction: "csms-to-cp" },
  { action: "Reset" },
  { direction: "csms-to-cp", action: "Reset", message: "[2]" },
  { direction: "up", action: "Reset" },
])("inject reports the invalid settings %j", (plain) => {
  expect(reported(inject, plain)).not.toEqual([]);
});

test("inject sends a CALL after the message, and does not forward its answer", () => {
  play(relayPlayer({ rules: rules(`{ ${trigger} }`) }, true), [
    '>> charger text [2,"1","A",{}]',
    '<< cassette: cp-to-csms text [2,"1","A",{}], seen 0',
    '<< cassette: r1 CALL A injected CALL Reset own csms-to-cp: text [2,"1","A",{}]',
    '<< csms gets text [2,"1","A",{}]',
    `<< charger gets text ${own}`,
    `<< cassette: r1 injects text ${own}`,
    '>> charger text [3,"own",{}]',
    '<< cassette: cp-to-csms text [3,"own",{}], seen 0',
    "<< cassette: r1 CALLRESULT Reset kept the answer to our own CALL: ",
  ]);
});

test("inject waits until no CALL of its direction is open, and holds the peer's CALLs until it is answered", () => {
  play(relayPlayer({ rules: rules(`{ ${trigger} }`) }), [
    '>> csms text [2,"c1","GetLog",{}]',
    '<< charger gets text [2,"c1","GetLog",{}]',
    '>> charger text [2,"1","A",{}]',
    '<< csms gets text [2,"1","A",{}]',
    '>> charger text [3,"c1",{}]',
    '<< csms gets text [3,"c1",{}]',
    `<< charger gets text ${own}`,
    '>> csms text [2,"c2","GetLog",{}]',
    '>> csms text [3,"1",{}]',
    '<< charger gets text [3,"1",{}]',
    '>> charger text [3,"own",{}]',
    '<< charger gets text [2,"c2","GetLog",{}]',
  ]);
});

test("inject stops waiting after its timeout", () => {
  const hurried = trigger.replace("id: own", "id: own, timeout: 5s");
  play(relayPlayer({ rules: rules(`{ ${hurried} }`) }), [
    '>> csms text [2,"c1","GetLog",{}]',
    '<< charger gets text [2,"c1","GetLog",{}]',
    '>> charger text [2,"1","A",{}]',
    '<< csms gets text [2,"1","A",{}]',
    ">> after 5000",
    `<< charger gets text ${own}`,
    '>> csms text [2,"c2","GetLog",{}]',
    ">> after 5000",
    '<< charger gets text [2,"c2","GetLog",{}]',
    '>> charger text [3,"own",{}]',
  ]);
});

test("inject with `when: now` does not wait", () => {
  play(
    relayPlayer({
      rules: rules("{ inject: { id: own, direction: cp-to-csms, action: B, when: now, keepAnswer: false } }"),
    }),
    [
      '>> charger text [2,"1","A",{}]',
      '<< csms gets text [2,"1","A",{}]',
      '<< csms gets text [2,"own","B",{}]',
      '>> charger text [2,"2","C",{}]',
      '<< csms gets text [2,"2","C",{}]',
      '>> csms text [3,"own",{}]',
      '<< charger gets text [3,"own",{}]',
    ],
  );
});

test("inject sends any text, and without a `when` at the start of a connection", () => {
  const made = tried(inject, { direction: "csms-to-cp", message: "{no json" }, '[2,"1","A",{}]');
  expect(made).toMatchObject({ outcome: "injected a message csms-to-cp", draw: null, isUntouched: true });
  expect(inject.points).toEqual(["message", "connection"]);
});
