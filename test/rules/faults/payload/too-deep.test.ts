import { expect, test } from "vitest";
import { tooDeep } from "../../../../src/rules/faults/payload/too-deep.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("too-deep nests a member as deep as the rule says", () => {
  expect(tried(tooDeep, { levels: 3 }, '[3,"1",{"a":1}]').texts).toEqual(['[3,"1",{"a":1,"nested":[[[]]]}]']);
});

test("too-deep can nest a value a million levels deep", () => {
  const { texts } = tried(tooDeep, { levels: 1_000_000, path: "/a" }, '[3,"1",{"a":1}]');
  expect(texts[0]?.length).toBe(2_000_014);
});

test("too-deep is not applied to a payload that is not an object", () => {
  expect(tried(tooDeep, {}, '[3,"1",[]]').outcome).toBe("not applied: the payload is no object");
});

test("too-deep changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ too-deep: { levels: 2 } }",
    start,
    "nested 2 levels deep",
    start.replace('Z"}', 'Z","nested":[[]]}'),
  );
});
