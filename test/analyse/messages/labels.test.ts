// The labels of messages.
import { describe, expect, test } from "vitest";
import { labelsOf } from "../../../src/analyse/messages/labels.js";
import { messagesOf } from "../../../src/analyse/messages/messages.js";
import { utf8 } from "../../../src/base/bytes.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { fromCharger, fromCsms } from "../../support/cassettes/entries.js";

describe("labelsOf", () => {
  test("an answer is labelled with the action of the CALL on its own connection", () => {
    const entries = [
      fromCharger('[2,"1","Heartbeat",{}]'),
      fromCsms('[3,"1",{}]', { connection: 2 }),
      fromCsms('[3,"1",{}]'),
      fromCsms('[4,"1","X","",{}]'),
      fromCharger('[6,"2","NotifyPeriodicEventStream",{}]'),
      fromCharger("junk"),
      fromCharger("", { raw: encodeFrame({ opcode: 10, payload: utf8("") }) }),
    ];
    expect(
      labelsOf(messagesOf(entries)).map(({ type, action, callIndex }) => [type, action, callIndex]),
    ).toEqual([
      ["CALL", "Heartbeat", undefined],
      ["CALLRESULT", undefined, undefined],
      ["CALLRESULT", "Heartbeat", 0],
      ["CALLERROR", undefined, undefined],
      ["SEND", "NotifyPeriodicEventStream", undefined],
      ["unreadable", undefined, undefined],
      ["control", undefined, undefined],
    ]);
  });
});
