// docs/architecture.md against the table of rooms.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rooms } from "../../scripts/rooms.mjs";

interface Room {
  readonly name: string;
  readonly packages: readonly string[] | undefined;
}

test("the architecture page has a row for every outer room, in order, and says which are pure", () => {
  const page = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
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
