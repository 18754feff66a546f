// JSON pointers.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { follow, readPointer, writePointer } from "../../../src/ocpp/json/pointer.js";

describe("readPointer", () => {
  test("reads the examples of RFC 6901", () => {
    expect(readPointer("")).toEqual([]);
    expect(readPointer("/foo/0")).toEqual(["foo", "0"]);
    expect(readPointer("/")).toEqual([""]);
    expect(readPointer("/a~1b")).toEqual(["a/b"]);
    expect(readPointer("/m~0n")).toEqual(["m~n"]);
    expect(readPointer("/~01")).toEqual(["~1"]);
  });

  test.each(["foo", "#/foo", "/a~", "/a~2b"])("refuses %j", (pointer) => {
    expect(readPointer(pointer)).toBeUndefined();
  });

  test("reads back what writePointer wrote, for all steps", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (steps) => {
        expect(readPointer(writePointer(steps))).toEqual(steps);
      }),
    );
  });
});

describe("follow", () => {
  const root = { connectorId: 2, list: [{ a: null }], "": "empty" };

  test.each([
    ["", root],
    ["/connectorId", 2],
    ["/list/0/a", null],
    ["/", "empty"],
  ])("finds %j", (pointer, value) => {
    expect(follow(root, readPointer(pointer) ?? [])).toEqual({ found: true, value });
  });

  test.each([
    "/x",
    "/connectorId/x",
    "/list/1",
    "/list/-",
    "/list/00",
    "/list/length",
    "/list/0/a/b",
    "/toString",
    "/__proto__",
  ])("finds nothing at %j", (pointer) => {
    expect(follow(root, readPointer(pointer) ?? [])).toEqual({ found: false, value: undefined });
  });

  test("finds a member called __proto__ or length where the text has one", () => {
    const parsed: unknown = JSON.parse('{"__proto__":{"length":1}}');
    expect(follow(parsed, ["__proto__", "length"])).toEqual({ found: true, value: 1 });
  });
});
