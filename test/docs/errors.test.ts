// docs/reference/errors.md against the table of codes.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCodes } from "../../src/base/errors.js";

const page = readFileSync(new URL("../../docs/reference/errors.md", import.meta.url), "utf8");

test("the page of errors has a heading for every code, in the order of the table, and no other", () => {
  const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, code]) => code);
  expect(headings).toEqual(Object.keys(errorCodes));
});

test("the page of errors names the exit code that each error ends the program with", () => {
  for (const section of page.split(/^## /m).slice(1)) {
    const code = section.split("\n")[0] ?? "";
    const exit = /Exit\s+code\s+(\d)/.exec(section)?.[1];
    expect([code, Number(exit)]).toEqual([code, errorCodes[code as keyof typeof errorCodes]]);
  }
});
