// Members of bodies, one by one.
import { describe, expect, test } from "vitest";
import { membersOf, textMember, textsMember, wholeMember, wordMember } from "../../../src/admin/http/body.js";

const body = (text: string) => ({ text, isJson: true });

describe("a body", () => {
  test("is an object whose members are known; nothing is an empty one", () => {
    expect(membersOf(body(" "), [])).toEqual({});
    expect(membersOf(body('{"a":1}'), ["a"])).toEqual({ a: 1 });
    for (const text of ["[]", "1", "null", "{", '{"b":1}', '{"__proto__":1}'])
      expect(() => membersOf(body(text), ["a"])).toThrow();
  });

  test("gives texts, words, numbers and lists, and refuses everything else", () => {
    const members = { text: "t", word: "now", number: 5, list: ["a"], wrong: {} };
    expect(textMember(members, "text")).toBe("t");
    expect(textMember(members, "none")).toBeUndefined();
    expect(wordMember(members, "word", ["idle", "now"])).toBe("now");
    expect(wholeMember(members, "number", 1, 5)).toBe(5);
    expect(textsMember(members, "list")).toEqual(["a"]);
    for (const read of [
      () => textMember(members, "wrong"),
      () => textMember(members, "text", 0),
      () => wordMember(members, "word", ["idle"]),
      () => wholeMember(members, "number", 6, 7),
      () => wholeMember({ n: 1.5 }, "n", 1, 7),
      () => textsMember(members, "wrong"),
      () => textsMember({ l: [1] }, "l"),
    ])
      expect(read).toThrow(/cannot be/);
  });
});
