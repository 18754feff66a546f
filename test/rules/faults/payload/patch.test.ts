import { describe, expect, test } from "vitest";
import { patchPayload } from "../../../../src/rules/faults/payload/patch.js";
import { onTheWire, reported, tried } from "../trial.js";

const start =
  '[2,"7", "StartTransaction" ,{"connectorId":1, "idTag":"ABC","meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z"}]';

const patched = (payload: string, ...operations: readonly unknown[]): string => {
  const { texts, outcome } = tried(patchPayload, operations, `[3,"1",${payload}]`);
  return outcome.startsWith("not applied") ? outcome.slice(13) : (texts[0] ?? "").slice(7, -1);
};

// The examples of RFC 6902, appendix A.
describe("the examples of RFC 6902", () => {
  test.each([
    [
      "add a member",
      '{"foo":"bar"}',
      [{ op: "add", path: "/baz", value: "qux" }],
      '{"foo":"bar","baz":"qux"}',
    ],
    [
      "add an item",
      '{"foo":["bar","baz"]}',
      [{ op: "add", path: "/foo/1", value: "qux" }],
      '{"foo":["bar","qux","baz"]}',
    ],
    ["remove a member", '{"baz":"qux","foo":"bar"}', [{ op: "remove", path: "/baz" }], '{"foo":"bar"}'],
    [
      "remove an item",
      '{"foo":["bar","qux","baz"]}',
      [{ op: "remove", path: "/foo/1" }],
      '{"foo":["bar","baz"]}',
    ],
    [
      "replace",
      '{"baz":"qux","foo":"bar"}',
      [{ op: "replace", path: "/baz", value: "boo" }],
      '{"baz":"boo","foo":"bar"}',
    ],
    [
      "move a value",
      '{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}',
      [{ op: "move", from: "/foo/waldo", path: "/qux/thud" }],
      '{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}',
    ],
    [
      "move an item",
      '{"foo":["all","grass","cows","eat"]}',
      [{ op: "move", from: "/foo/1", path: "/foo/3" }],
      '{"foo":["all","cows","eat","grass"]}',
    ],
    [
      "test",
      '{"baz":"qux","foo":["a",2,"c"]}',
      [
        { op: "test", path: "/baz", value: "qux" },
        { op: "test", path: "/foo/1", value: 2 },
      ],
      '{"baz":"qux","foo":["a",2,"c"]}',
    ],
    [
      "a failing test",
      '{"baz":"qux"}',
      [{ op: "test", path: "/baz", value: "bar" }],
      'operation 1, test: /baz is not "bar"',
    ],
    [
      "add an object",
      '{"foo":"bar"}',
      [{ op: "add", path: "/child", value: { grandchild: {} } }],
      '{"foo":"bar","child":{"grandchild":{}}}',
    ],
    [
      "add to nothing",
      '{"foo":"bar"}',
      [{ op: "add", path: "/baz/bat", value: "q" }],
      "operation 1, add: there is no place /baz/bat",
    ],
    ["an escaped name", '{"/":9,"~1":10}', [{ op: "test", path: "/~01", value: 10 }], '{"/":9,"~1":10}'],
    [
      "a text is no number",
      '{"/":9,"~1":10}',
      [{ op: "test", path: "/~01", value: "10" }],
      'operation 1, test: /~01 is not "10"',
    ],
    [
      "add a list behind the last",
      '{"foo":["bar"]}',
      [{ op: "add", path: "/foo/-", value: ["abc"] }],
      '{"foo":["bar",["abc"]]}',
    ],
    [
      "copy with its characters",
      '{"a":12.50}',
      [{ op: "copy", from: "/a", path: "/b" }],
      '{"a":12.50,"b":12.50}',
    ],
    [
      "no index with a leading zero",
      '{"a":[1,2]}',
      [{ op: "remove", path: "/a/01" }],
      "operation 1, remove: there is nothing to remove at /a/01",
    ],
    [
      "nothing to replace",
      "{}",
      [{ op: "replace", path: "/a", value: 1 }],
      "operation 1, replace: there is nothing at /a",
    ],
    [
      "into itself",
      '{"a":{"b":1}}',
      [{ op: "move", from: "/a", path: "/a/b" }],
      "operation 1, move: a value cannot be moved into itself",
    ],
    ["the payload itself", '{"a":1}', [{ op: "replace", path: "", value: { b: 2 } }], '{"b":2}'],
    [
      "deep equality",
      '{"a":{"x":1,"y":[1]}}',
      [{ op: "test", path: "/a", value: { y: [1], x: 1 } }],
      '{"a":{"x":1,"y":[1]}}',
    ],
  ])("%s", (_name, before, operations, after) => {
    expect(patched(before, ...operations)).toBe(after);
  });
});

test("patch does nothing if one operation is impossible", () => {
  const operations = [
    { op: "add", path: "/b", value: 1 },
    { op: "remove", path: "/c" },
  ];
  expect(tried(patchPayload, operations, '[3,"1",{"a":1}]').isUntouched).toBe(true);
});

test.each([
  [{}],
  [[]],
  [[{ op: "add", path: "/a" }]],
  [[{ op: "move", path: "/a" }]],
  [[{ op: "bend", path: "/a" }]],
  [[{ op: "remove", path: "a" }]],
  [[{ op: "remove" }]],
  [[{ op: "copy", path: "/a", from: "b" }]],
  [[1]],
])("patch reports the invalid settings %j", (plain) => {
  expect(reported(patchPayload, plain)).not.toEqual([]);
});

test("patch changes the message on the wire, and the cassette records the change", () => {
  onTheWire(
    "{ patch: [ { op: move, from: /idTag, path: /parentIdTag }, { op: remove, path: /connectorId } ] }",
    start,
    "patched by 2 operations",
    '[2,"7", "StartTransaction" ,{"meterStart":12.50,"timestamp":"2026-01-02T03:04:05.25Z","parentIdTag":"ABC"}]',
  );
});
