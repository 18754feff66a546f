// What a target changes in recorded CALLs.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCallEdit, idTagsIn, type SetValue } from "../../../../src/replay/plan/values/mapped-values.js";

const tags: Readonly<Record<string, string>> = { T: "LAB", 'q"': "é" };
const idTag = (tag: string): string | undefined => tags[tag];
const set = (action: string, steps: readonly string[], json: string): SetValue => ({
  action,
  steps,
  json,
  shown: `${action}/${steps.join("/")}`,
});
const edited = (text: string, action: string, values: readonly SetValue[] = []): string =>
  createCallEdit({ idTag, set: values }).edit(text, "cp-to-csms", action);

describe("id tags", () => {
  test.each([
    ["Authorize", '[2,"1","Authorize",{ "idTag" : "T" }]', '[2,"1","Authorize",{ "idTag" : "LAB" }]'],
    ["StartTransaction", '[2,"1","x",{"a":12.50,"idTag":"q\\""}]', '[2,"1","x",{"a":12.50,"idTag":"é"}]'],
    ["StopTransaction", '[2,"1","x",{"idTag":"T","idTag":"T"}]', '[2,"1","x",{"idTag":"LAB","idTag":"LAB"}]'],
    [
      "TransactionEvent",
      '[2,"1","x",{"idToken":{"idToken":"T","type":"T"},"n":9223372036854775807}]',
      '[2,"1","x",{"idToken":{"idToken":"LAB","type":"T"},"n":9223372036854775807}]',
    ],
  ])("the id tags of %s are replaced", (action, text, wanted) => {
    expect(edited(text, action)).toBe(wanted);
  });

  test("id tags stay if they are no texts, empty, unknown, or of another action", () => {
    for (const [action, text] of [
      ["Authorize", '[2,"1","Authorize",{"idTag":""}]'],
      ["Authorize", '[2,"1","Authorize",{"idTag":7,"x":{"idTag":"T"}}]'],
      ["Authorize", '[2,"1","Authorize",{"idTag":"other"}]'],
      ["DataTransfer", '[2,"1","DataTransfer",{"idTag":"T"}]'],
      ["constructor", '[2,"1","constructor",{"idTag":"T"}]'],
    ] as const)
      expect(edited(text, action)).toBe(text);
  });

  test("id tags in recorded calls of the CSMS are replaced as well, so that live calls match", () => {
    const { edit, tags: sent } = createCallEdit({ idTag, set: [set("RemoteStartTransaction", ["a"], "1")] });
    const call = (tag: string): string => `[2,"1","RemoteStartTransaction",{"idTag":"${tag}"}]`;
    expect(edit(call("T"), "csms-to-cp", "RemoteStartTransaction")).toBe(call("LAB"));
    expect(sent.size).toBe(0);
  });

  test("the edit lists the id tags as recorded and as sent", () => {
    const { edit, tags: sent } = createCallEdit({ idTag, set: [] });
    for (const tag of ["T", "kept"])
      edit(`[2,"1","Authorize",{"idTag":"${tag}"}]`, "cp-to-csms", "Authorize");
    expect([...sent]).toEqual([
      ["T", "LAB"],
      ["kept", "kept"],
    ]);
    expect(idTagsIn('[2,"1","Heartbeat",{"idTag":"T"}]', "cp-to-csms", "Heartbeat")).toEqual([]);
  });
});

describe("a set value", () => {
  test.each([
    ["a member", ["a"], "1.50", '{"a":true, "b":[1]}', '{"a":1.50, "b":[1]}'],
    ["a whole object", ["a"], '"x"', '{"a":{"b":[{}]},"c":1}', '{"a":"x","c":1}'],
    ["every item of a list", ["l", "*", "v"], "0", '{"l":[{"v":"1"},{"v":2}]}', '{"l":[{"v":0},{"v":0}]}'],
    ["one item of a list", ["l", "1"], "0", '{"l":[1, 2 ,3]}', '{"l":[1, 0 ,3]}'],
    ["an absent member", ["b"], "0", '{ "a":1 }', '{ "a":1,"b":0 }'],
    ["an absent member of nothing", ["b"], "0", "{ }", '{ "b":0}'],
    [
      "an absent member of each item",
      ["l", "*", "v"],
      "0",
      '{"l":[{},{"w":1}]}',
      '{"l":[{"v":0},{"w":1,"v":0}]}',
    ],
  ])("a set value replaces %s", (_what, steps, json, payload, wanted) => {
    const value = set("Heartbeat", steps, json);
    const { edit, unused } = createCallEdit({ idTag, set: [value] });
    const text = `[2, "1","Heartbeat",${payload}]`;
    expect(edit(text, "cp-to-csms", "Heartbeat")).toBe(`[2, "1","Heartbeat",${wanted}]`);
    expect(unused()).toEqual([]);
  });

  test.each([
    ["has no parent", ["a", "b"], '{"c":1}'],
    ["has a parent that is no object", ["a", "b"], '{"a":1}'],
    ["lies behind the end of a list", ["l", "3"], '{"l":[1]}'],
    ["is of every item of an empty list", ["l", "*"], '{"l":[]}'],
    ["lies in a text that breaks off", ["a"], '{"a":1 x}'],
  ])("a set value that %s changes nothing and is listed as unused", (_what, steps, payload) => {
    const value = set("Heartbeat", steps, "0");
    const { edit, unused } = createCallEdit({ idTag, set: [value] });
    const text = `[2,"1","Heartbeat",${payload}]`;
    expect(edit(text, "cp-to-csms", "Heartbeat")).toBe(text);
    expect(edit(text, "cp-to-csms", "BootNotification")).toBe(text);
    expect(unused()).toEqual([value]);
  });

  test("a set value that is there already is not listed as unused", () => {
    const { edit, unused } = createCallEdit({ idTag, set: [set("Heartbeat", ["a"], "0")] });
    edit('[2,"1","Heartbeat",{"a":0}]', "cp-to-csms", "Heartbeat");
    expect(unused()).toEqual([]);
  });

  test("a set value changes nothing else in any payload", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 }),
        fc.jsonValue(),
        (payload, value) => {
          const text = JSON.stringify([2, "1", "Heartbeat", payload]);
          const out = edited(text, "Heartbeat", [set("Heartbeat", ["set here"], JSON.stringify(value))]);
          const wanted = JSON.parse(text) as [number, string, string, Record<string, unknown>];
          wanted[3]["set here"] = JSON.parse(JSON.stringify(value));
          expect(JSON.parse(out)).toEqual(wanted);
        },
      ),
    );
  });
});
