import { expect, test } from "vitest";
import { typeChanged } from "../../../../src/rules/faults/message/type-changed.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([2, 3, 4, 5, 6, 99])("type-changed makes a message type %i, and changes nothing else", (to) => {
  expect(tried(typeChanged, { to }, start)).toMatchObject({
    texts: [start.replace("[2", `[${to}`)],
    outcome: `retyped ${to}`,
  });
});

test("type-changed does not change a message without a type", () => {
  expect(tried(typeChanged, {}, "[]").outcome).toBe("not applied: the message has no type");
});

test("type-changed changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ type-changed: { to: 99 } }", start, "retyped 99", start.replace("[2", "[99"));
});
