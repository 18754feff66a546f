// Messages as exchanges.
import { expect, test } from "vitest";
import { envelopeKindOf, exchangesOf } from "../../../src/analyse/compare/exchanges.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

test("a CALL forms an exchange with its answer, any other message one of its own", () => {
  const exchanges = exchangesOf(
    dialogueRecording([
      "7 dial",
      '7> [2,"a","Heartbeat",{}]',
      '7< [2,"c","Reset",{"type":"Soft"}]',
      '7< [3,"a",{"currentTime":"x"}]',
      '7> [4,"c","InternalError","",{}]',
      '7< [3,"a",{"again":1}]',
      "7> broken",
      '9> [2,"b","Heartbeat",{}]',
      "9 close",
    ]),
  );
  const seen = exchanges.map(({ connection, direction, type, action, answer, latencyMs }) =>
    [connection, direction, type, action, answer?.slice(0, 6), latencyMs].join(" "),
  );
  expect(seen).toEqual([
    '1 cp-to-csms CALL Heartbeat [3,"a" 2',
    '1 csms-to-cp CALL Reset [4,"c" 2',
    "1 csms-to-cp CALLRESULT   ",
    "1 cp-to-csms unreadable   ",
    "2 cp-to-csms CALL Heartbeat  ",
  ]);
});

test("the kind of a text is that of its envelope", () => {
  expect([envelopeKindOf('[3,"a",{}]'), envelopeKindOf("no"), envelopeKindOf(undefined)]).toEqual([
    "call-result",
    "unreadable",
    undefined,
  ]);
});
