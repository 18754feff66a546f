import { expect, test } from "vitest";
import { nullOptional } from "../../../../src/rules/faults/payload/null-optional.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

const boot =
  '[2,"1","BootNotification",{"chargePointVendor":"v","chargePointModel":"m","iccid":"1", "imsi":"2"}]';

test.each([
  [0, "/iccid"],
  [0.9, "/imsi"],
])("with a draw of %d the optional member %s is null", (draw, pointer) => {
  const { texts, outcome } = tried(nullOptional, {}, boot, { draw });
  expect(outcome).toBe(`nulled ${pointer}`);
  expect(texts[0]).toContain(`"${pointer.slice(1)}":null`);
});

test("null-optional adds an optional member if there is none", () => {
  expect(tried(nullOptional, {}, start, { draw: 0 }).texts[0]).toBe(
    start.replace('Z"}', 'Z","reservationId":null}'),
  );
});

test.each([
  ["/chargePointModel", boot, "/chargePointModel is not optional here"],
  ["/iccid", '[2,"1","NoSuchAction",{}]', "there is no schema for NoSuchAction"],
])("%s of %s: %s", (path, text, why) => {
  expect(tried(nullOptional, { path }, text).outcome).toBe(`not applied: ${why}`);
});

test("null-optional changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ null-optional: { path: /iccid } }",
    boot,
    "nulled /iccid",
    boot.replace('"iccid":"1"', '"iccid":null'),
  );
});
