// docs/dependencies.md against package.json.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("docs/dependencies.md gives a reason for every dependency and for nothing else", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const explained = [...read("docs/dependencies.md").matchAll(/^\| (?!package |-)(.+?) \| \S/gm)].flatMap(
    ([, names]) => (names ?? "").split(", "),
  );
  expect(explained).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
});
