// The table of formats: its rows are complete, and the reference page has them all.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formats, readableFormats, writableFormats } from "../../../src/cassette/formats/table.js";

const page = readFileSync(new URL("../../../docs/reference/import.md", import.meta.url), "utf8");

/** The rows of the table under this heading, without the heads. */
const rowsUnder = (heading: string): readonly string[] => {
  const section = page.slice(`\n${page}`.indexOf(`\n${heading}\n`)).split("\n");
  const first = section.findIndex((line) => line.startsWith("|"));
  const length = section.slice(first).findIndex((line) => !line.startsWith("|"));
  return section.slice(first + 2, first + length);
};

const codes = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");

describe("the table of formats", () => {
  test("names each format once, and each can be read or written", () => {
    const names = formats.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, about, endings, reader, writer } of formats) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(about).not.toBe("");
      expect(endings).not.toEqual([]);
      expect(reader ?? writer).toBeDefined();
    }
  });

  test("demands only options that the format takes", () => {
    for (const { reader } of readableFormats)
      expect(reader.options).toEqual(
        expect.arrayContaining(reader.needs === undefined ? [] : [reader.needs]),
      );
  });

  test("is the table of readable formats in the reference", () => {
    expect(rowsUnder("# Import and export")).toEqual(
      readableFormats.map(({ name, endings, about }) => `| \`${name}\` | ${about} | ${codes(endings)} |`),
    );
  });

  test("is the table of writable formats in the reference, with what each cannot hold", () => {
    expect(rowsUnder("## Export")).toEqual(
      writableFormats.map(({ name, about, writer }) => {
        const missing = Object.values(writer.cannotHold).join(", ");
        return `| \`${name}\` | ${about} | ${missing === "" ? "holds everything" : missing} |`;
      }),
    );
  });
});

test.each(writableFormats)("$name names in words everything that it leaves out", ({ writer }) => {
  const document = writer.start({ messagesOf: () => [] });
  const { lines, notHeld } = document.add({ name: "a", entries: [] });
  expect([...lines]).toEqual([]);
  for (const kind of Object.keys(notHeld())) expect(writer.cannotHold).toHaveProperty(kind);
});
