// The table of fields.
import { describe, expect, test } from "vitest";
import { recordTypes } from "../../../src/cassette/format/record-type.js";
import { shapes } from "../../../src/cassette/format/shape.js";

describe("shapes", () => {
  test("hold every kind of entry that has a record", () => {
    expect(Object.keys(shapes)).toEqual(Object.keys(recordTypes));
  });

  test("never change the order of fields that files of version 1 have", () => {
    expect(Object.keys(shapes.frame)).toEqual([
      "connection",
      "direction",
      "rx",
      "tx",
      "seen",
      "raw",
      "loggedAt",
    ]);
    expect(Object.keys(shapes.checkpoint)).toEqual(["at", "wall", "salt", "entries"]);
  });
});
