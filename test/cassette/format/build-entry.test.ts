// Entries are checked field by field before anybody believes them.
import { describe, expect, test } from "vitest";
import { buildEntry, type Source } from "../../../src/cassette/format/build-entry.js";

const source: Source<unknown> = {
  member: (value, name) => (value instanceof Map ? value.get(name) : undefined),
  isMap: (value) => value instanceof Map,
  elements: (value) => (Array.isArray(value) ? value : undefined),
  bytes: (value) => (value instanceof Uint8Array ? value : undefined),
};

describe("buildEntry", () => {
  test("builds an entry of known fields and passes over others", () => {
    const map = new Map<string, unknown>([
      ["text", "x"],
      ["at", 1],
      ["more", 2],
    ]);
    expect(buildEntry(source, "marker", map)).toEqual({ ok: { kind: "marker", at: 1, text: "x" } });
  });

  test("says which field is missing or wrong", () => {
    expect(buildEntry(source, "marker", new Map())).toEqual({ why: "at is missing" });
    expect(buildEntry(source, "marker", new Map([["at", "x"]]))).toEqual({ why: "at is not a number" });
  });

  test("says where inside lists and maps a value is wrong", () => {
    const map = new Map<string, unknown>([
      ["connection", 1],
      ["at", null],
      ["ends", [new Map([["by", "me"]])]],
    ]);
    expect(buildEntry(source, "connection-closed", map)).toEqual({ why: "ends by is not one of its words" });
  });

  test.each([
    ["connection", -1],
    ["connection", 1.5],
    ["connection", 2 ** 53],
    ["rx", Number.POSITIVE_INFINITY],
    ["direction", "up"],
    ["seen", null],
    ["raw", [1]],
    ["raw", "text"],
    ["loggedAt", null],
  ])("refuses for %s the value %j", (name, value) => {
    const frame = new Map<string, unknown>(
      Object.entries({
        connection: 1,
        direction: "cp-to-csms",
        rx: null,
        tx: 1,
        seen: 0,
        raw: new Uint8Array(0),
      }),
    );
    expect(buildEntry(source, "frame", frame)).toHaveProperty("ok");
    expect(buildEntry(source, "frame", frame.set(name, value))).toEqual({
      why: expect.stringContaining(`${name} is not`),
    });
  });

  test.each([
    ["no list", "x"],
    ["a list of no maps", ["x"]],
  ])("refuses %s where a list of maps belongs", (_, ends) => {
    const map = new Map<string, unknown>([
      ["connection", 1],
      ["at", null],
      ["ends", ends],
    ]);
    expect(buildEntry(source, "connection-closed", map)).toHaveProperty("why");
  });
});
