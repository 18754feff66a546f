import { expect, test } from "vitest";
import { unsolicitedResult } from "../../../../src/rules/faults/message/unsolicited-result.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("unsolicited-result sends an answer without a CALL after the message, masked like the message", () => {
  const made = tried(unsolicitedResult, { payload: { status: "Accepted", n: 1 } }, start, { draw: 0.5 });
  expect(made.texts).toEqual([start, '[3,"vcr-8000000000000",{"status":"Accepted","n":1}]']);
  expect(made.copies.every((copy) => ((copy[1] ?? 0) & 0x80) !== 0)).toBe(true);
});

test("unsolicited-result changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ unsolicited-result: { id: nobody } }",
    start,
    "followed by CALLRESULT nobody",
    start,
    '[3,"nobody",{}]',
  );
});
