import { expect, test } from "vitest";
import { tooDeep } from "../../../../src/rules/faults/payload/too-deep.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("a member nests as deep as wanted", () => {
  expect(tried(tooDeep, { levels: 3 }, '[3,"1",{"a":1}]').texts).toEqual(['[3,"1",{"a":1,"nested":[[[]]]}]']);
});

test("a value nests a million levels deep", () => {
  const { texts } = tried(tooDeep, { levels: 1_000_000, path: "/a" }, '[3,"1",{"a":1}]');
  expect(texts[0]?.length).toBe(2_000_014);
});

test("a payload that is no object has no room for a member", () => {
  expect(tried(tooDeep, {}, '[3,"1",[]]').outcome).toBe("not applied: the payload is no object");
});

test("goes out so, and the cassette says it", () => {
  onTheWire(
    "{ too-deep: { levels: 2 } }",
    start,
    "nested 2 levels deep",
    start.replace('Z"}', 'Z","nested":[[]]}'),
  );
});
