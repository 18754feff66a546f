// Entries are checked field by field before anybody believes them.
import { describe, expect, test } from "vitest";
import { buildEntry, buildValue, type Source } from "../../src/cassette/build-entry.js";

const source: Source<unknown> = {
  member: (value, name) => (value instanceof Map ? value.get(name) : undefined),
  isMap: (value) => value instanceof Map,
  elements: (value) => (Array.isArray(value) ? value : undefined),
  octets: (value) => (value instanceof Uint8Array ? value : undefined),
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
});

describe("buildValue", () => {
  test.each([
    [{ kind: "count" } as const, -1],
    [{ kind: "count" } as const, 1.5],
    [{ kind: "count" } as const, 2 ** 53],
    [{ kind: "number" } as const, Number.POSITIVE_INFINITY],
    [{ kind: "text" } as const, null],
    [{ kind: "octets" } as const, [1]],
    [{ kind: "list", of: { kind: "text" } } as const, "x"],
    [{ kind: "object", fields: {} } as const, {}],
  ])("refuses for %j the value %j", (shape, value) => {
    expect(buildValue(source, value, shape)).toHaveProperty("why");
  });

  test("takes null only where it may stand", () => {
    expect(buildValue(source, null, { kind: "or-null", of: { kind: "text" } })).toEqual({ ok: null });
  });
});
