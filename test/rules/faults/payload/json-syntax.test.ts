import { expect, test } from "vitest";
import { jsonSyntax } from "../../../../src/rules/faults/payload/json-syntax.js";
import { onTheWire, tried } from "../trial.js";

const plain = '[2,"1","X",{"a":1}]';

test.each([
  ["leading-comma", '[,2,"1","X",{"a":1}]', "broken leading-comma"],
  ["missing-brackets", '[2,"1","X",{"a":1}', "broken missing-brackets 1"],
  ["trailing-garbage", '[2,"1","X",{"a":1}]]}garbage"', "broken trailing-garbage"],
  ["bom", '\uFEFF[2,"1","X",{"a":1}]', "broken bom"],
  ["nul", '[2,"1","X",{"a":1}]\u0000', "broken nul"],
  ["duplicate-keys", '[2,"1","X",{"a":1,"a":null}]', "broken duplicate-keys a"],
])("%s: %j", (form, after, outcome) => {
  expect(tried(jsonSyntax, form, plain)).toMatchObject({ texts: [after], outcome });
});

test("removed brackets take the blanks between them along", () => {
  expect(tried(jsonSyntax, { form: "missing-brackets", count: 2 }, '[2,"1","X",{"a":1} ]\n').texts).toEqual([
    '[2,"1","X",{"a":1',
  ]);
});

test("an object without members gets a duplicate name", () => {
  expect(tried(jsonSyntax, "duplicate-keys", '[2,"1","X",{}]').texts).toEqual([
    '[2,"1","X",{"twice":1,"twice":2}]',
  ]);
});

test.each([
  ["leading-comma", "x", "there is no bracket"],
  ["missing-brackets", "x", "there is no bracket at the end"],
  ["duplicate-keys", "[]", "there is no object"],
])("%s of %s: %s", (form, text, why) => {
  expect(tried(jsonSyntax, form, text, { message: { type: "unreadable" } }).outcome).toBe(
    `not applied: ${why}`,
  );
});

test("json-syntax changes the message on the wire, and the cassette records the change", () => {
  onTheWire("{ json-syntax: leading-comma }", plain, "broken leading-comma", plain.replace("[2", "[,2"));
});
