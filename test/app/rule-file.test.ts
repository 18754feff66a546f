// Rule files by their path, and presets by their names.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRules, presetNames, ruleFilePath, ruleFileText } from "../../src/app/rule-file.js";
import { VcrError } from "../../src/base/errors.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const folder = temporaryFolder();

const errorOf = (act: () => unknown): VcrError => {
  try {
    act();
  } catch (error) {
    if (error instanceof VcrError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

test("every preset is found by its name", () => {
  expect(presetNames().length).toBeGreaterThan(0);
  for (const name of presetNames()) expect(ruleFileText(`preset:${name}`)).not.toBe("");
});

test("a misspelled preset is refused with the name that was probably meant", () => {
  const [name = ""] = presetNames();
  const error = errorOf(() => ruleFilePath(`preset:${name}x`));
  expect(error).toMatchObject({ code: "RULES_INVALID", hint: `Did you mean preset:${name}?` });
});

test("every error of a rule file is reported at once, each with its line and column", () => {
  const path = join(folder, "wrong.yaml");
  writeFileSync(
    path,
    "rules:\n  - id: a\n    faults: [{ fault: nonsense }]\n  - id: a\n    faults: [{ fault: drop }]\n",
  );
  const { code, message } = errorOf(() => loadRules(path));
  expect(code).toBe("RULES_INVALID");
  expect(
    message
      .split("\n")
      .slice(1)
      .every((line) => line.startsWith(`  ${path}:`)),
  ).toBe(true);
  expect(message.split("\n").length).toBeGreaterThan(2);
});

test("a rule file that is missing or above 1 MiB is refused", () => {
  expect(errorOf(() => loadRules(join(folder, "none.yaml"))).message).toContain("cannot be read");
  const large = join(folder, "large.yaml");
  writeFileSync(large, "#".repeat(1024 * 1024 + 1));
  expect(errorOf(() => loadRules(large)).message).toContain("larger than 1 MiB");
});
