// Units to bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { byteOffsets } from "../../../src/ocpp/json/byte-offsets.js";

test("counts the bytes before each place as an encoder would write them", () => {
  const property = fc.property(fc.string({ unit: "binary" }), (text) => {
    const characters = [...text];
    const places = characters.map((_, i) => characters.slice(0, i).join("").length);
    expect(byteOffsets(text, places)).toEqual(places.map((place) => utf8(text.slice(0, place)).length));
  });
  fc.assert(property);
});

test("takes half a pair for the three bytes that are written in its stead", () => {
  expect(byteOffsets("\ud800a\udc00b", [0, 1, 2, 3, 4])).toEqual([0, 3, 4, 7, 8]);
});

test("counts to the end of the text and not beyond", () => {
  expect(byteOffsets("é", [1, 5])).toEqual([2, 2]);
});
