// Targets: the identity, and the target at the CSMS; malformed percent signs and invalid bytes are kept.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import {
  beginsWithBase,
  decodeSegment,
  encodeSegment,
  identityOf,
  readPathRule,
  shownTarget,
  splitTarget,
  targetAtCsms,
} from "../../../src/wire/http/target.js";

describe("identityOf", () => {
  test.each([
    ["/ocpp/CP1", "CP1"],
    ["/ocpp/CP1/", "CP1"],
    ["//CP1", "CP1"],
    ["/CP1?token=/x", "CP1"],
    ["/ocpp/CP%201%2fA", "CP 1/A"],
    ["/ocpp/%C3%A4", "ä"],
    [`/ocpp/${latin1(utf8("ä"))}`, "ä"],
    ["/ocpp/%E4", "\ufffd"],
    ["/ocpp/100%", "100%"],
    ["/ocpp/%zz%4", "%zz%4"],
    ["/ocpp/..", ".."],
    ["ws://h:1/ocpp/CP1", "CP1"],
    ["/", undefined],
    ["", undefined],
    ["http://host", undefined],
    ["?x", undefined],
  ])("gives for target %j the identity %j", (target, identity) => {
    expect(identityOf(target)).toBe(identity);
  });
});

describe("targetAtCsms", () => {
  test.each([
    ["", "/ocpp/CP1", "/ocpp/CP1"],
    ["/base", "/ocpp/CP1", "/base/ocpp/CP1"],
    ["/base/", "/ocpp/CP1?a=b?c", "/base/ocpp/CP1?a=b?c"],
    ["/base", "/base/CP1", "/base/CP1"],
    ["/base", "/base", "/base"],
    ["/base", "/baseline/CP1", "/base/baseline/CP1"],
    ["/base", "//CP1", "/base//CP1"],
    ["", "//CP1", "//CP1"],
    ["/base", "/CP%201%zz\xe4", "/base/CP%201%zz\xe4"],
    ["/base", "ws://other:1/CP1", "/base/CP1"],
    ["", "http://other", "/"],
    ["/base", "CP1", "/base/CP1"],
    ["", "?x=1", "/?x=1"],
  ])("with base path %j changes %j to %j", (base, target, expected) => {
    expect(targetAtCsms(base, target)).toBe(expected);
  });

  test.each([
    ["keep", "/base", "/ocpp/CP1?x=1", "/ocpp/CP1?x=1"],
    ["keep", "/base", "?x=1", "/?x=1"],
    ["append", "/base", "/base/CP1", "/base/CP1"],
    ["replace=/v2/ws", "/base", "/ocpp/1.6/CP1?x=/1", "/v2/ws/CP1?x=/1"],
    ["replace=/v2/", "", "/CP1/", "/v2/CP1"],
    ["replace=/", "/base", "/ocpp//CP%201", "/CP%201"],
    ["replace=/v2", "", "/", "/v2/"],
  ])("with --path %s and base path %j changes %j to %j", (word, base, target, expected) => {
    expect(targetAtCsms(base, target, readPathRule(word))).toBe(expected);
  });

  test.each([
    "",
    "prepend",
    "replace",
    "replace=",
    "replace=x",
    "replace=/a b",
    "replace=/a?b",
    "replace=/a#b",
  ])("readPathRule rejects %j", (word) => {
    expect(readPathRule(word)).toBeUndefined();
  });

  test.each([
    ["/base", "/base/CP1", true],
    ["/base/", "/base?x", true],
    ["/base", "/baseline/CP1", false],
    ["", "/CP1", false],
    ["/", "/CP1", false],
  ])("beginsWithBase for base path %j and target %j is %j", (base, target, expected) => {
    expect(beginsWithBase(base, target)).toBe(expected);
  });

  test("keeps path and query byte for byte", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/[!-~\x80-\xff]{0,20}$/), (target) => {
        expect(targetAtCsms("", target)).toBe(target);
        expect(targetAtCsms("/b", target).endsWith(target)).toBe(true);
      }),
    );
  });
});

describe("encodeSegment", () => {
  test("is undone by decodeSegment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 12 }), (identity) => {
        expect(decodeSegment(encodeSegment(identity))).toBe(identity);
      }),
    );
  });

  test("gives no character that would end the segment", () => {
    expect(encodeSegment("a/b?c#d e%ä")).toBe("a%2Fb%3Fc%23d%20e%25%C3%A4");
  });
});

test("splitTarget splits at the first question mark", () => {
  expect(splitTarget("/a?b?c")).toEqual({ path: "/a", query: "?b?c" });
});

test("shownTarget decodes the bytes of a target as UTF-8", () => {
  expect(shownTarget(latin1(utf8("/ä")))).toBe("/ä");
});
