// Tokens by which an exchange is recognised.
import { expect, test } from "vitest";
import { tokensOf } from "../../../src/analyse/compare/exchange-tokens.js";
import type { DialogueExchange } from "../../../src/analyse/compare/exchanges.js";

const call = (action: string, payload: string): DialogueExchange => ({
  connection: 1,
  direction: "cp-to-csms",
  type: "CALL",
  action,
  id: "a",
  atNs: null,
  call: `[2,"a","${action}",${payload}]`,
  answer: undefined,
  latencyMs: null,
});

test("the strict token depends on values, not on newly chosen ids and times", () => {
  const strict = (payload: string): string | undefined => tokensOf(call("MeterValues", payload)).strict;
  const one = strict('{"transactionId":1,"timestamp":"2026-01-01T00:00:00Z","v":1.0}');
  expect(strict('{"v":1,"timestamp":"2027-02-02T00:00:00Z","transactionId":99}')).toBe(one);
  expect(strict('{"transactionId":1,"timestamp":"2026-01-01T00:00:00Z","v":2}')).not.toBe(one);
});

test("exchanges about the same subject have the same loose token", () => {
  const loose = (payload: string): string => tokensOf(call("StatusNotification", payload)).loose;
  expect(loose('{"connectorId":1,"status":"Available"}')).toBe(
    loose('{"status":"Charging","connectorId":1}'),
  );
  expect(loose('{"connectorId":1}')).not.toBe(loose('{"connectorId":2}'));
});

test("an empty payload has no strict token", () => {
  expect(tokensOf(call("Heartbeat", "{}")).strict).toBeUndefined();
});

test("a message that cannot be parsed has its text as token", () => {
  expect(tokensOf({ ...call("X", "{}"), type: "unreadable", call: "nonsense" }).strict).toContain("nonsense");
  expect(tokensOf(call("X", "[".repeat(500))).strict).toContain("[[[");
});
