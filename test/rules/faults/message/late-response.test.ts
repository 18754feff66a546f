import { expect, test } from "vitest";
import { lateResponse } from "../../../../src/rules/faults/message/late-response.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

const call = '[2,"1","A",{}]';
const answer = '[3,"1",{}]';

test("late-response forwards the answer after its time, and other answers at once", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ late-response: 2s }") }, true), [
    `>> charger text ${call}`,
    `<< cassette: cp-to-csms text ${call}, seen 0`,
    `<< cassette: r1 CALL A answered 2000 ms late at most: text ${call}`,
    `<< csms gets text ${call}`,
    `>> csms text ${answer}`,
    `<< cassette: csms-to-cp text ${answer}, seen 1`,
    `<< cassette: r1 CALLRESULT A held back 2000 ms at most: text ${answer}`,
    '>> csms text [3,"0",{}]',
    '<< charger gets text [3,"0",{}]',
    '<< cassette: csms-to-cp text [3,"0",{}], seen 1, sent',
    ">> after 2000",
    `<< charger gets text ${answer}`,
  ]);
});

test("late-response with `until: next-call` forwards the answer after the caller's next CALL", () => {
  const rules = fromCharger("A", "{ late-response: { after: 60s, until: next-call } }");
  play(relayPlayer({ rules }), [
    `>> charger text ${call}`,
    `<< csms gets text ${call}`,
    `>> csms text ${answer}`,
    '>> charger text [2,"2","B",{}]',
    '<< csms gets text [2,"2","B",{}]',
    `<< charger gets text ${answer}`,
  ]);
});

test("late-response holds an answer that the rule matches, until the next CALL of the other side", () => {
  const made = tried(lateResponse, { until: "next-call", after: "5s" }, answer, {
    message: { direction: "csms-to-cp" },
  });
  expect(made).toMatchObject({
    outcome: "held back 5000 ms at most",
    wait: { kind: "message", awaited: { direction: "cp-to-csms", type: "CALL" }, withinMs: 5000 },
  });
  expect(tried(lateResponse, {}, answer).wait).toEqual({ kind: "time", withinMs: 60_000 });
});

test("late-response is not applied to a message that has no answer", () => {
  expect(tried(lateResponse, {}, '[6,"1","A",{}]').outcome).toBe(
    "not applied: the message is neither a CALL nor an answer",
  );
});
