// Single values in the text of a message.
import { describe, expect, test } from "vitest";
import { idLeaf, payloadSources, sameSpelling, withId } from "../../../../src/replay/plan/values/slots.js";

test("numbers are equal in any spelling, and a text never equals a number", () => {
  expect(sameSpelling("7.0")).toBe(sameSpelling("7"));
  expect(sameSpelling('"7"')).not.toBe(sameSpelling("7"));
});

describe("a message id", () => {
  test("a live message id replaces the recorded one in an answer", () => {
    expect(withId('[3, "old" , {"a":1.0}]', '"n\\u0065w"')).toBe('[3, "n\\u0065w" , {"a":1.0}]');
    expect(withId("nonsense", '"x"')).toBe("nonsense");
    expect(idLeaf('[2,"7","A",{}]')?.source).toBe('"7"');
  });
});

test("the scalars of a payload keep their spelling, and of a key given twice the last counts", () => {
  expect([
    ...payloadSources('[3,"i",{"a":{"b/c":9223372036854775807},"d":1,"d":12.50}]', "CALLRESULT"),
  ]).toEqual([
    ["/a/b~1c", "9223372036854775807"],
    ["/d", "12.50"],
  ]);
});
