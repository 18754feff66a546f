// A selection of a recording is compiled to a plan in one place, and the plan is handed on.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("only the planning of a selection compiles a plan", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const compiling = files.filter((file) =>
    /(?<!function )\bcompilePlan\(/.test(readFileSync(`src/${file}`, "utf8")),
  );
  expect(compiling.map((file) => file.replaceAll("\\", "/"))).toEqual(["replay/plan/select-plan.ts"]);
});
