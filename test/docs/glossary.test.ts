// docs/glossary.md against the sources.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const words = [
  ...readFileSync(join(root, "docs/glossary.md"), "utf8").matchAll(/^\| (?!word |-)(.+?) \|/gm),
].map(([, word = ""]) => word);
/** Sources and their paths, names taken apart and in lower case: `connectionRegistry` is `connection registry`. */
const sources = readdirSync(join(root, "src"), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".ts") && !name.includes("messages"))
  .map((name) => `${name.replaceAll("-", " ")}\n${readFileSync(join(root, "src", name), "utf8")}`)
  .join("\n")
  .replace(/([a-z])([A-Z])/g, "$1 $2")
  .toLowerCase();

test("the glossary explains 25 to 40 words, none of them twice", () => {
  expect(words.length).toBeGreaterThanOrEqual(25);
  expect(words.length).toBeLessThanOrEqual(40);
  expect(new Set(words).size).toBe(words.length);
});

test("every word of the glossary is used in the sources", () => {
  expect(words.filter((word) => !sources.includes(word.toLowerCase()))).toEqual([]);
});
