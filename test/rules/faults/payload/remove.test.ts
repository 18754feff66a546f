import { expect, test } from "vitest";
import { removeValue } from "../../../../src/rules/faults/payload/remove.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([
  ["/connectorId", start.replace('"connectorId":1, ', "")],
  ["/idTag", start.replace('"idTag":"ABC",', "")],
  ["/timestamp", start.replace(',"timestamp":"2026-01-02T03:04:05.25Z"', "")],
  ["", '[2,"7", "StartTransaction" ,{}]'],
])("%s goes, with one comma, and nothing else changes", (path, after) => {
  expect(tried(removeValue, { path }, start).texts).toEqual([after]);
});

test.each([
  ["/a/0", '{"a":[ {"b":2},{"b":3}]}'],
  ["/a/*", '{"a":[ ]}'],
  ["/a/*/b", '{"a":[ {},{},{}]}'],
])("%s goes out of lists", (path, after) => {
  expect(tried(removeValue, path, '[3,"1",{"a":[ {"b":1},{"b":2},{"b":3}]}]').texts).toEqual([
    `[3,"1",${after}]`,
  ]);
});

test("remove does not change a message without the member", () => {
  expect(tried(removeValue, "/nothing", start)).toMatchObject({
    isUntouched: true,
    outcome: "not applied: there is nothing at /nothing",
  });
});

test("remove changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ remove: { path: /idTag } }", start, "removed /idTag", start.replace('"idTag":"ABC",', ""));
});
