// Conditions on messages, and the one that failed.
import { describe, expect, test } from "vitest";
import type { LiveMessage } from "../../../src/admin/live/live-message.js";
import { filterParameters, fits, nearMissOf, readFilter } from "../../../src/admin/live/message-filter.js";

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

const filter = (query: string) => readFilter(new URLSearchParams(query));

describe("a filter of messages", () => {
  test("asks what it was told, each in its way", () => {
    for (const query of [
      "",
      "direction=cp>csms",
      "type=CALL&action=Heart*",
      "identity=CP*1",
      "identityLike=CP*",
      "connection=3&id=a",
      "text=beat",
    ])
      expect([query, fits(filter(query), message)]).toEqual([query, true]);
    for (const query of ["identity=CP1", "action=Boot*", "text=boot", "direction=csms-to-cp", "connection=1"])
      expect([query, fits(filter(query), message)]).toEqual([query, false]);
    expect(filterParameters).toContain("identityLike");
  });

  test("tells the only condition that failed, and nothing where none or several did", () => {
    const miss = nearMissOf(filter("action=BootNotification&type=CALL"), message);
    expect(miss).toEqual({ message, condition: "action", wanted: "BootNotification", found: "Heartbeat" });
    expect(nearMissOf(filter("action=Boot*&type=CALLRESULT"), message)).toBeUndefined();
    expect(nearMissOf(filter("action=Heartbeat&type=CALL"), message)).toBeUndefined();
    expect(nearMissOf(filter("action=Boot*"), message)).toBeUndefined();
    expect(nearMissOf(filter("action=Boot*&type=CALL"), { ...message, action: null })?.found).toBeNull();
  });
});
