import { expect, test } from "vitest";
import type { Decision } from "../../../src/rules/contract/decision.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { encodeFrame, readFrame } from "../../../src/wire/websocket/frame.js";
import { decide, ruledMessage, ruleSet } from "../sample.js";

const call = '[2,"1","Heartbeat",{}]';

const run = (then: string): Decision =>
  decide(createDecider(ruleSet(`{ id: a, then: [ ${then} ] }`), 1), call);

test("delays of one chain add up, copies multiply, and a final fault ends it", () => {
  const { delayMs, copies, isChanged, applied } = run(
    "{ delay: 100ms }, { duplicate: { times: 1 } }, { delay: 50ms }, { drop: }",
  );
  expect([delayMs, copies, isChanged, applied.length]).toEqual([150, [], true, 4]);
});

test("faults that would break what follows a compressed message are skipped, and the rule is named", () => {
  const connection = createDecider(ruleSet("{ id: a, then: [ { drop: } ] }"), 1).open({
    identity: "CP1",
    ordinal: 1,
    compresses: true,
  });
  const frame = readFrame(encodeFrame({ opcode: 1, rsv: 4, payload: new Uint8Array(4) }));
  const frames = frame === undefined ? [] : [frame];
  const { skippedRule, applied } = connection.decide(ruledMessage("", { frames }, connection));
  expect([skippedRule, applied]).toEqual(["a", []]);
});
