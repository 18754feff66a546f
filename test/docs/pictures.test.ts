// The pictures of the README.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { castLines } from "../../scripts/pictures/cast-session.mjs";
import { castSvg } from "../../scripts/pictures/cast-svg.mjs";

test("the cast shows what its commands print today, and a new run draws the same file", {
  timeout: 60_000,
}, async () => {
  const shown = readFileSync(new URL("../../docs/pictures/cast.svg", import.meta.url), "utf8");
  const drawn: string = castSvg(await castLines());
  // If this fails because a command prints something else now: node scripts/make-pictures.mjs --cast
  expect(drawn.split("\n")).toEqual(shown.split("\n"));
});
