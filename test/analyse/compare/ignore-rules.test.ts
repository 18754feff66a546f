// Which values an ignore rule covers.
import { describe, expect, test } from "vitest";
import { type ComparedMessage, coversPointer, ignoresOf } from "../../../src/analyse/compare/ignore-rules.js";

const answer: ComparedMessage = { action: "StartTransaction", type: "CALLRESULT", direction: "csms-to-cp" };

describe("a pointer's pattern", () => {
  test.each([
    ["/a", "/a", true],
    ["/a", "/a/b/0", true],
    ["/a", "/ab", false],
    ["/a/b", "/a", false],
    ["/*/status", "/idTagInfo/status", true],
    ["/*/status", "/status", false],
    ["/id*/st?tus", "/idTagInfo/status", true],
    ["/**/status", "/status", true],
    ["/**/status", "/a/b/c/status", true],
    ["/**/status", "/a/b/c/state", false],
    ["/a/**", "/a", true],
    ["/**/x/**/y", "/x/1/2/y/z", true],
    ["", "/anything", true],
    ["/**", "", true],
    ["/a~1b", "/a~1b", true],
    ["no pointer", "/a", false],
  ])("whether the pattern %s covers %s: %s", (pattern, pointer, covered) => {
    expect(coversPointer(pattern, pointer)).toBe(covered);
  });

  test("matching a pattern takes linear time for any pointer", () => {
    const pattern = `${"/**/a*".repeat(30)}/end`;
    expect(coversPointer(pattern, "/aaaa".repeat(60))).toBe(false);
  });
});

describe("rules", () => {
  test("an ignore rule applies only to its action, type and direction", () => {
    const ignores = ignoresOf([
      { action: "Start*", type: "CALLRESULT", direction: "csms-to-cp", pointer: "/a" },
      { action: "Boot*", pointer: "/b" },
    ]);
    expect(ignores(answer)("/a/x")).toBe(true);
    expect(ignores(answer)("/b")).toBe(false);
    expect(ignores({ ...answer, type: "CALLERROR" })("/a")).toBe(false);
    expect(ignores({ ...answer, direction: "cp-to-csms" })("/a")).toBe(false);
    expect(ignores({ ...answer, action: null })("/a")).toBe(false);
  });

  test("without ignore rules nothing is ignored", () => {
    expect(ignoresOf([])(answer)("/a")).toBe(false);
  });
});
