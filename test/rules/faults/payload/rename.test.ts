import { expect, test } from "vitest";
import { renameMember } from "../../../../src/rules/faults/payload/rename.js";
import { onTheWire, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

test("rename changes the name of a member, and keeps its place and value", () => {
  expect(tried(renameMember, { path: "/idTag", to: 'id"Tag' }, start).texts).toEqual([
    start.replace('"idTag"', String.raw`"id\"Tag"`),
  ]);
});

test.each(["/nothing", ""])("rename is not applied if there is no member at %j", (path) => {
  expect(tried(renameMember, { path, to: "x" }, start).outcome).toBe(
    `not applied: there is no member at ${path}`,
  );
});

test("rename is not applied to an item of a list", () => {
  expect(tried(renameMember, { path: "/a/0", to: "x" }, '[3,"1",{"a":[1]}]').isUntouched).toBe(true);
});

test("rename changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ rename: { path: /idTag, to: tag } }",
    start,
    "renamed /idTag to tag",
    start.replace("idTag", "tag"),
  );
});
