import { expect, test } from "vitest";
import { numberForm } from "../../../../src/rules/faults/payload/number-form.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test.each(["1e400", "-0", "9223372036854775808", "12.5000", "NaN", "01"])(
  "a number is written %s",
  (form) => {
    expect(tried(numberForm, { form, path: "/meterStart" }, start).texts).toEqual([
      start.replace("12.50", form),
    ]);
  },
);

test("number-form keeps the quotes of a text with a number, and does not change other texts", () => {
  const value = '[2,"1","X",{"value":"12.3","other":"x"}]';
  expect(tried(numberForm, "1e400", value, { draw: 0.9 }).texts).toEqual([value.replace("12.3", "1e400")]);
});

test.each([
  [0, "written 1e400 at /connectorId"],
  [0.99, "written 12.50 at /meterStart"],
])("a draw of %d: %s", (draw, outcome) => {
  expect(tried(numberForm, {}, start, { draw }).outcome).toBe(outcome);
});

test("number-form changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ number-form: { path: /meterStart, form: 1e400 } }",
    start,
    "written 1e400 at /meterStart",
    start.replace("12.50", "1e400"),
  );
});
