import { expect, test } from "vitest";
import { unknownField } from "../../../../src/rules/faults/payload/unknown-field.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("unknown-field adds a member after the others", () => {
  expect(tried(unknownField, { name: "x", value: [1] }, start).texts).toEqual([
    start.replace('Z"}', 'Z","x":[1]}'),
  ]);
  expect(tried(unknownField, "x", '[3,"1",{}]').texts).toEqual(['[3,"1",{"x":"unknown"}]']);
});

test("unknown-field adds a member to every object of a list", () => {
  const made = tried(unknownField, { path: "/a/*", value: 1 }, '[3,"1",{"a":[{},{"b":1}]}]');
  expect(made.texts).toEqual(['[3,"1",{"a":[{"unknownField":1},{"b":1,"unknownField":1}]}]']);
});

test("unknown-field does not change a value that is not an object", () => {
  expect(tried(unknownField, { path: "/idTag" }, start).outcome).toBe(
    "not applied: there is no object at /idTag",
  );
});

test("unknown-field changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ unknown-field: { name: x, value: 1 } }", start, "added /x", start.replace('Z"}', 'Z","x":1}'));
});
