import { expect, test } from "vitest";
import { callerror } from "../../../../src/rules/faults/message/callerror.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

const call = '[2,"1","A",{}]';
const refusal = '[4,"1","SecurityError","not now",{"n":12.50}]';

test("a CALL is answered with a CALLERROR and is not forwarded", () => {
  const rules = fromCharger(
    "A",
    "{ callerror: { code: SecurityError, description: not now, details: { n: 12.50 } } }",
  );
  play(relayPlayer({ rules }, true), [
    `>> charger text ${call}`,
    `<< cassette: cp-to-csms text ${call}, seen 0`,
    "<< cassette: r1 CALL A refused SecurityError: ",
    `<< charger gets text ${refusal}`,
    `<< cassette: r1 injects text ${refusal}`,
  ]);
});

test("an answer becomes a CALLERROR with its id", () => {
  expect(tried(callerror, "InternalError", '[3, "1" ,{"a":1}]')).toMatchObject({
    texts: ['[4,"1","InternalError","",{}]'],
    outcome: "refused InternalError",
  });
});

test.each([
  ['[6,"1","A",{}]', "the message is neither a CALL nor an answer"],
  ["[3]", "the message has no id"],
])("%s is left alone, for %s", (text, why) => {
  const message = text === "[3]" ? ({ type: "CALLRESULT" } as const) : {};
  expect(tried(callerror, {}, text, { message })).toMatchObject({
    isUntouched: true,
    outcome: `not applied: ${why}`,
  });
});
