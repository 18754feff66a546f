// A number with its noun.
import { expect, test } from "vitest";
import { plural, singular } from "../../src/text/plural.js";

test("a noun is plural unless there is one", () => {
  expect([0, 1, 2].map((count) => plural(count, "step"))).toEqual(["0 steps", "1 step", "2 steps"]);
  expect(plural(2, "entry", "entries")).toBe("2 entries");
});

test("the words for many of a thing give the words for one", () => {
  const words = ["handshakes", "control frames", "other entries", "messages of types 5 and 6"];
  expect(words.map(singular)).toEqual([
    "handshake",
    "control frame",
    "other entry",
    "message of types 5 and 6",
  ]);
});
