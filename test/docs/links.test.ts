// The links and the paths that pages name: what they point to exists.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const markdown = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: folder !== "" })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(".md"));
const pages = ["", "docs", "certs", "recordings"].flatMap(markdown);

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (path: string): readonly string[] =>
  [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test("every link to a file or a heading of the repository leads there", () => {
  const broken = pages.flatMap((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [file = "", anchor] = link.split("#");
      const path = file === "" ? join(root, page) : join(root, dirname(page), file);
      const leads = existsSync(path) && (anchor === undefined || anchorsOf(path).includes(anchor));
      return leads ? [] : [`${page}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test("every path of the repository that a page names exists, its ending aside", () => {
  const named = /`((?:src|test|scripts|docs|examples|patterns|bench|\.ci)\/[\w./-]*)`/g;
  // The pages about writing something name the files that the reader makes.
  const missing = pages.flatMap((page) =>
    [...(page.includes("writing-a-") ? "" : readFileSync(join(root, page), "utf8")).matchAll(named)].flatMap(
      ([, path = ""]) =>
        ["", ".ts", ".test.ts"].some((ending) => existsSync(join(root, path + ending)))
          ? []
          : [`${page}: ${path}`],
    ),
  );
  expect(missing).toEqual([]);
});
