import { expect, test } from "vitest";
import { wrongDate } from "../../../../src/rules/faults/payload/wrong-date.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each([
  ["no-zone", "2026-01-02T03:04:05.25"],
  ["1970", "1970-01-01T00:00:00Z"],
  ["next-year", "2027-01-02T03:04:05.25Z"],
  ["offset", "2026-01-02T05:04:05.25+02:00"],
])("%s: %s", (form, time) => {
  expect(tried(wrongDate, form, start)).toMatchObject({
    texts: [start.replace("2026-01-02T03:04:05.25Z", time)],
    outcome: `dated ${form} at /timestamp`,
  });
});

test("the form 1970 needs no quotes in a rule file", () => {
  expect(tried(wrongDate, { form: 1970 }, start).outcome).toBe("dated 1970 at /timestamp");
});

test("wrong-date writes a given text in the place of the time, or at the given path", () => {
  expect(tried(wrongDate, { text: "soon" }, start).texts[0]).toContain('"timestamp":"soon"');
  expect(tried(wrongDate, { text: "soon", path: "/idTag" }, start).texts[0]).toContain('"idTag":"soon"');
});

test("wrong-date draws a form if the rule has none", () => {
  expect(tried(wrongDate, {}, start, { draw: 0.3 })).toMatchObject({
    outcome: "dated 1970 at /timestamp",
    draw: 0.3,
  });
});

test.each([{ form: "never" }, { form: "1970", text: "x" }])(
  "wrong-date reports the invalid settings %j",
  (plain) => {
    expect(reported(wrongDate, plain)).toHaveLength(1);
  },
);

test("wrong-date does not change a payload without a time", () => {
  expect(tried(wrongDate, {}, '[3,"1",{"a":"x"}]').outcome).toBe("not applied: there is no time to write so");
});

test("wrong-date changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ wrong-date: no-zone }", start, "dated no-zone at /timestamp", start.replace('Z"}', '"}'));
});
