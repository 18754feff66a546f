import { expect, test } from "vitest";
import { respond } from "../../../../src/rules/faults/message/respond.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

const call = '[2,"1","A",{}]';
const answer = '[3,"1",{"status":"Rejected","n":12.50}]';

test("respond answers the CALL and does not forward it", () => {
  play(
    relayPlayer(
      { rules: fromCharger("A", "{ respond: { payload: { status: Rejected, n: 12.50 } } }") },
      true,
    ),
    [
      `>> charger text ${call}`,
      `<< cassette: cp-to-csms text ${call}, seen 0`,
      "<< cassette: r1 CALL A answered: ",
      `<< charger gets text ${answer}`,
      `<< cassette: r1 injects text ${answer}`,
    ],
  );
});

test("respond with `forward` forwards the CALL and drops the peer's answer", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ respond: { forward: true } }") }, true), [
    `>> charger text ${call}`,
    `<< cassette: cp-to-csms text ${call}, seen 0`,
    `<< cassette: r1 CALL A answered and forwarded: text ${call}`,
    `<< csms gets text ${call}`,
    '<< charger gets text [3,"1",{}]',
    '<< cassette: r1 injects text [3,"1",{}]',
    `>> csms text ${answer}`,
    `<< cassette: csms-to-cp text ${answer}, seen 1`,
    "<< cassette: r1 CALLRESULT A kept the answer: ",
  ]);
});

test("respond answers after the delay before it in the chain", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ delay: 1s }, { respond: {} }") }), [
    `>> charger text ${call}`,
    ">> after 1000",
    '<< charger gets text [3,"1",{}]',
  ]);
});

test("respond is only applied to a CALL", () => {
  expect(tried(respond, {}, answer)).toMatchObject({
    isUntouched: true,
    outcome: "not applied: the message is no CALL",
  });
});
