import { expect, test } from "vitest";
import { replayEarlier } from "../../../../src/rules/faults/message/replay-earlier.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { textFrame } from "../../sample.js";
import { reported, tried } from "../trial.js";

const call = (id: number): string => `[2,"${id}","A",{"n":${id}}]`;

test.each([
  ["after", ["now", "old"]],
  ["before", ["old", "now"]],
  ["instead", ["old"]],
])("replay-earlier with `place: %s` sends the earlier message there", (place, texts) => {
  const earlier = (back: number): Uint8Array | undefined => (back === 2 ? textFrame("old").raw : undefined);
  expect(
    tried(replayEarlier, { back: 2, place }, "now", { ...unread, recall: { callId: undefined, earlier } }),
  ).toMatchObject({ texts, outcome: "replayed message 2 back" });
});

test("replay-earlier is not applied without an earlier message", () => {
  expect(tried(replayEarlier, {}, "now", unread)).toMatchObject({
    isUntouched: true,
    outcome: "not applied: there is no such earlier message",
  });
});

test.each([0, 17])("replay-earlier reports %i as an invalid number of messages back", (back) => {
  expect(reported(replayEarlier, { back })).toHaveLength(1);
});

test("replay-earlier sends an earlier message of the same action", () => {
  play(relayPlayer({ rules: fromCharger("A", "{ replay-earlier: { back: 2, place: instead } }") }, true), [
    `>> charger text ${call(1)}`,
    `<< cassette: cp-to-csms text ${call(1)}, seen 0`,
    `<< cassette: r1 CALL A not applied: there is no such earlier message: text ${call(1)}`,
    `<< csms gets text ${call(1)}`,
    '>> charger text [2,"b","B",{}]',
    '<< csms gets text [2,"b","B",{}]',
    '<< cassette: cp-to-csms text [2,"b","B",{}], seen 0, sent',
    `>> charger text ${call(2)}`,
    `<< cassette: cp-to-csms text ${call(2)}, seen 0`,
    `<< cassette: r1 CALL A not applied: there is no such earlier message: text ${call(2)}`,
    `<< csms gets text ${call(2)}`,
    `>> charger text ${call(3)}`,
    `<< cassette: cp-to-csms text ${call(3)}, seen 0`,
    `<< cassette: r1 CALL A replayed message 2 back: text ${call(1)}`,
    `<< csms gets text ${call(1)}`,
  ]);
});
const unread = { message: { type: "unreadable" } } as const;
