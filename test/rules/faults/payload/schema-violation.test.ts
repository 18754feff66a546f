import { expect, test } from "vitest";
import { schemaViolation } from "../../../../src/rules/faults/payload/schema-violation.js";
import { type Circumstances, onTheWire, tried } from "../trial.js";

const boot = (draw: Circumstances["draw"], plain: unknown = {}): string =>
  tried(
    schemaViolation,
    plain,
    '[2,"1","BootNotification",{"chargePointVendor":"v","chargePointModel":"m"}]',
    {
      ...(draw === undefined ? {} : { draw }),
    },
  ).outcome;

test.each([
  [0, "violated required at /chargePointVendor"],
  [0.3, "violated type at /chargePointSerialNumber"],
  [0.99, "violated unknown-member at /unknownMember"],
])("a draw of %d: %s", (draw, outcome) => {
  expect(boot(draw)).toBe(outcome);
});

test("schema-violation uses the given kind, and draws the place", () => {
  expect(boot(0, "max-length")).toBe("violated max-length at /chargePointVendor");
  expect(boot(0.99, "max-length")).toBe("violated max-length at /meterSerialNumber");
});

test.each([
  ['[2,"1","NoSuchAction",{}]', "type", "there is no schema for NoSuchAction"],
  ['[2,"1","Heartbeat",{}]', "enum", "the payload cannot break enum"],
  ['[4,"1","E","",{}]', "enum", "the message has no payload"],
])("%s %s: %s", (text, kind, why) => {
  expect(tried(schemaViolation, kind, text).outcome).toBe(`not applied: ${why}`);
});

test("schema-violation changes the message on the wire, and the cassette records the change", () => {
  const text = '[2,"1","Heartbeat",{}]';
  onTheWire(
    "{ schema-violation: { kind: unknown-member } }",
    text,
    "violated unknown-member at /unknownMember",
    text.replace("{}", '{"unknownMember":"x"}'),
  );
});
