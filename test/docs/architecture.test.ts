// docs/architecture.md against the table of rooms and the sources.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rooms } from "../../scripts/rooms.mjs";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("docs/architecture.md");

interface Room {
  readonly name: string;
  readonly packages: readonly string[] | undefined;
}

test("the architecture page has a row for every outer room, in order, and says which are pure", () => {
  const rows = [...page.matchAll(/^\| `(\w+)\/` \| .+ \| (yes|shell) \|$/gm)].map(([, name, pure]) => [
    name,
    pure,
  ]);
  const kinds = new Map<string, string>();
  for (const { name, packages } of rooms as readonly Room[]) {
    const [outer = ""] = name.split("/");
    if (!kinds.has(outer)) kinds.set(outer, packages === undefined ? "shell" : "yes");
  }
  expect(rows).toEqual([...kinds]);
});

test("the architecture page lists at most twelve types between socket and command, each exported by its file", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| .+ \| `([\w/-]+\.ts)` \|$/gm)];
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.length).toBeLessThanOrEqual(12);
  for (const [, type = "", file = ""] of rows)
    expect(read(`src/${file}`)).toMatch(new RegExp(`^export (interface|type|class) ${type}\\b`, "m"));
});
