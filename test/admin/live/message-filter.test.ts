// Conditions on messages, and near misses.
import { describe, expect, test } from "vitest";
import { readQuery } from "../../../src/admin/http/parameters.js";
import type { LiveMessage } from "../../../src/admin/live/live-message.js";
import {
  conditionsOf,
  filterParameters,
  matchesAll,
  nearMissOf,
} from "../../../src/admin/live/message-filter.js";

const message: LiveMessage = {
  seq: 1,
  time: "2026-01-01T00:00:00.000Z",
  connection: "3",
  identity: "CP*1",
  direction: "cp-to-csms",
  type: "CALL",
  id: "a",
  action: "Heartbeat",
  latencyMs: null,
  octets: 20,
  text: '[2,"a","Heartbeat",{}]',
  base64: null,
  rules: [],
};

const conditions = (query: string) => conditionsOf(readQuery(filterParameters, new URLSearchParams(query)));

describe("a filter of messages", () => {
  test("a message matches if it meets every condition of the query", () => {
    for (const query of [
      "",
      "direction=cp>csms",
      "type=CALL&action=Heart*",
      "identity=CP*1",
      "identityLike=CP*",
      "connection=3&id=a",
      "text=beat",
    ])
      expect([query, matchesAll(conditions(query), message)]).toEqual([query, true]);
    for (const query of ["identity=CP1", "action=Boot*", "text=boot", "direction=csms-to-cp", "connection=1"])
      expect([query, matchesAll(conditions(query), message)]).toEqual([query, false]);
  });

  test("a near miss names the only condition that failed; there is none if no or several conditions failed", () => {
    const miss = nearMissOf(conditions("action=BootNotification&type=CALL"), message);
    expect(miss).toEqual({ message, condition: "action", wanted: "BootNotification", found: "Heartbeat" });
    expect(nearMissOf(conditions("action=Boot*&type=CALLRESULT"), message)).toBeUndefined();
    expect(nearMissOf(conditions("action=Heartbeat&type=CALL"), message)).toBeUndefined();
    expect(nearMissOf(conditions("action=Boot*"), message)).toBeUndefined();
    expect(nearMissOf(conditions("action=Boot*&type=CALL"), { ...message, action: null })?.found).toBeNull();
  });
});
