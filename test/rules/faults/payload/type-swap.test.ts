import { expect, test } from "vitest";
import { typeSwap } from "../../../../src/rules/faults/payload/type-swap.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([
  ["1", '"1"'],
  ["12.50", '"12.50"'],
  ['"12"', "12"],
  ['"abc"', "true"],
  ['"false"', "false"],
  ["true", '"true"'],
  ["null", '"null"'],
])("%s becomes %s", (before, after) => {
  expect(tried(typeSwap, "/a", `[3,"1",{"a": ${before} }]`).texts).toEqual([`[3,"1",{"a": ${after} }]`]);
});

test("type-swap draws one of the scalars if the rule has no path", () => {
  expect(tried(typeSwap, {}, start, { draw: 0.7 })).toMatchObject({
    outcome: "swapped the type at /meterStart",
    draw: 0.7,
    texts: [start.replace("12.50", '"12.50"')],
  });
});

test.each([
  ["/a", "there is nothing at /a"],
  ["", "there is no scalar to swap"],
])("at %j it says %s", (path, why) => {
  expect(tried(typeSwap, { path }, '[3,"1",{}]').outcome).toBe(`not applied: ${why}`);
});

test("type-swap changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ type-swap: { path: /connectorId } }",
    start,
    "swapped the type at /connectorId",
    start.replace(":1,", ':"1",'),
  );
});
