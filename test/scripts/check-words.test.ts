// The list of words that must not come back.
import { expect, test } from "vitest";
import { WORDS, wordsIn } from "../../scripts/check-words.mjs";

const found = (line: string): readonly string[] =>
  wordsIn(line, WORDS).map(({ word }: { word: string }) => word);

test("a word is found in prose, in a name with capitals and in a name with underscores", () => {
  expect(found("// The door that hears a tape.")).toEqual(["tape", "door"]);
  expect(found("const lostShelf = openTape();")).toEqual(["tape", "shelf"]);
  expect(found("const MAX_OCTETS = 5;")).toEqual(["octets"]);
});

test("names that users, files and scripts rely on are left alone", () => {
  for (const line of [
    "  readonly octets: Uint8Array | null;",
    "return { at, octets, text };",
    "| `octets` | the bytes that came |",
    "ocpp_vcr_tape_octets 12",
    'set("content-type", "application/octet-stream")',
    'case "octet":',
  ])
    expect(found(line)).toEqual([]);
});

test("the same word in a sentence beside such a name is found", () => {
  expect(found("`octets` counts the octets of a frame")).toEqual(["octets"]);
});
