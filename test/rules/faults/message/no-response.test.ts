import { expect, test } from "vitest";
import { noResponse } from "../../../../src/rules/faults/message/no-response.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

const call = '[2,"1","A",{}]';
const answer = '[3,"1",{"ok":true}]';

test("no-response drops the CALLRESULT or CALLERROR to a CALL, and no other answer", () => {
  for (const kept of [answer, '[4,"1","E","",{}]'])
    play(relayPlayer({ rules: fromCharger("A", "{ no-response: {} }") }, true), [
      `>> charger text ${call}`,
      `<< cassette: cp-to-csms text ${call}, seen 0`,
      `<< cassette: r1 CALL A unanswered: text ${call}`,
      `<< csms gets text ${call}`,
      '>> csms text [3,"0",{}]',
      '<< charger gets text [3,"0",{}]',
      '<< cassette: csms-to-cp text [3,"0",{}], seen 1, sent',
      `>> csms text ${kept}`,
      `<< cassette: csms-to-cp text ${kept}, seen 1`,
      `<< cassette: r1 ${kept.startsWith("[3") ? "CALLRESULT" : "CALLERROR"} A kept the answer: `,
      `>> csms text ${answer}`,
      `<< charger gets text ${answer}`,
      `<< cassette: csms-to-cp text ${answer}, seen 1, sent`,
    ]);
});

test("no-response drops an answer that the rule matches", () => {
  expect(tried(noResponse, {}, answer)).toMatchObject({ texts: [], outcome: "kept the answer" });
});

test("no-response is not applied to a message that has no answer", () => {
  expect(tried(noResponse, {}, '[6,"1","A",{}]')).toMatchObject({
    isUntouched: true,
    outcome: "not applied: the message is neither a CALL nor an answer",
  });
});
