import { expect, test } from "vitest";
import { outOfOrderCalls } from "../../../../src/rules/faults/message/out-of-order-calls.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

test("out-of-order-calls is only applied to CALLs, one at a time", () => {
  expect(tried(outOfOrderCalls, {}, '[3,"1",{}]').outcome).toBe("not applied: the message is no CALL");
  const busy = tried(outOfOrderCalls, {}, '[2,"1","A",{}]', { message: { heldBack: 1 } });
  expect(busy.outcome).toBe("not applied: another message is held back already");
});

test("out-of-order-calls swaps two CALLs, and forwards everything else", () => {
  const rules = fromCharger("A", "{ out-of-order-calls: { within: 10s } }");
  play(relayPlayer({ rules }, true), [
    '>> charger text [2,"1","A",{}]',
    '<< cassette: cp-to-csms text [2,"1","A",{}], seen 0',
    '<< cassette: r1 CALL A held back for 1 CALL, 10000 ms at most: text [2,"1","A",{}]',
    '>> charger text [3,"9",{}]',
    '<< csms gets text [3,"9",{}]',
    '<< cassette: cp-to-csms text [3,"9",{}], seen 0, sent',
    '>> charger text [2,"2","B",{}]',
    '<< csms gets text [2,"2","B",{}]',
    '<< cassette: cp-to-csms text [2,"2","B",{}], seen 0, sent',
    '<< csms gets text [2,"1","A",{}]',
  ]);
});
