// By what an exchange is recognised.
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

test("ids that are chosen anew and times make no difference, values do", () => {
  const strict = (payload: string): string | undefined => tokensOf(call("MeterValues", payload)).strict;
  const one = strict('{"transactionId":1,"timestamp":"2026-01-01T00:00:00Z","v":1.0}');
  expect(strict('{"v":1,"timestamp":"2027-02-02T00:00:00Z","transactionId":99}')).toBe(one);
  expect(strict('{"transactionId":1,"timestamp":"2026-01-01T00:00:00Z","v":2}')).not.toBe(one);
});

test("what is about the same thing is loosely the same", () => {
  const loose = (payload: string): string => tokensOf(call("StatusNotification", payload)).loose;
  expect(loose('{"connectorId":1,"status":"Available"}')).toBe(
    loose('{"status":"Charging","connectorId":1}'),
  );
  expect(loose('{"connectorId":1}')).not.toBe(loose('{"connectorId":2}'));
});

test("an empty payload is too little to go by", () => {
  expect(tokensOf(call("Heartbeat", "{}")).strict).toBeUndefined();
});

test("what cannot be taken apart is known by its text", () => {
  expect(tokensOf({ ...call("X", "{}"), type: "unreadable", call: "nonsense" }).strict).toContain("nonsense");
  expect(tokensOf(call("X", "[".repeat(500))).strict).toContain("[[[");
});
