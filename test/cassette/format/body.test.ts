// Bodies: the fields in their order, and any texts as valid UTF-8.
import { describe, expect, test } from "vitest";
import { hex } from "../../../src/base/bytes.js";
import { packBody } from "../../../src/cassette/format/body.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { unpackBody } from "../../../src/cassette/format/unpack.js";

describe("packBody", () => {
  test("writes the fields in the order of the table, whatever order they came in", () => {
    const one: Entry = { kind: "marker", at: 1, text: "x" };
    const other: Entry = { text: "x", at: 1, kind: "marker" };
    expect(packBody(one)).toEqual(packBody(other));
    expect(hex(packBody(one))).toBe("82a2617401a474657874a178");
  });

  test("leaves out fields that the table does not know", () => {
    const more = { kind: "marker", at: 1, text: "x", other: 1 } as Entry;
    expect(hex(packBody(more))).toBe("82a2617401a474657874a178");
  });

  test("writes a lone surrogate as U+FFFD", () => {
    const unpacked = unpackBody(packBody({ kind: "marker", at: 1, text: "a\ud800b😀" }));
    expect("map" in unpacked && unpacked.map.get("text")).toBe("a\ufffdb😀");
  });
});
