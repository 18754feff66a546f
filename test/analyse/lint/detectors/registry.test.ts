// The list of detectors: complete, and each code known in one place.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Detector } from "../../../../src/analyse/lint/detectors/detector.js";
import { codeTable, detectors } from "../../../../src/analyse/lint/detectors/registry.js";
import { validationRules } from "../../../../src/ocpp/validation/validation-rules.js";

const source = join(import.meta.dirname, "../../../../src");
const folder = "analyse/lint/detectors";
const read = (file: string): string => readFileSync(join(source, file), "utf8");
const ownCodes = [...codeTable.keys()].filter((code) => !Object.hasOwn(validationRules, code));
const codesIn = (text: string): readonly string[] => ownCodes.filter((code) => text.includes(`"${code}"`));

/** Codes that are also the name of something else: a kind of message, a fault, a reason to wait. */
const homonyms: readonly string[] = ["call-error", "duplicate-id", "retry"];
/** Files outside of the detectors that have to name a code. */
const exceptions: readonly string[] = ["io/sweep/run-sweep.ts orphan-response"];

test("every detector of the folder is in the list once", async () => {
  const exported: Detector[] = [];
  for (const file of readdirSync(join(source, folder))) {
    const module: Record<string, unknown> = await import(`${source}/${folder}/${file}`);
    for (const [name, value] of Object.entries(module))
      if (name.endsWith("Detector")) exported.push(value as Detector);
  }
  expect(new Set(exported)).toEqual(new Set(detectors));
  expect(exported).toHaveLength(detectors.length);
});

test("every code has a name in small letters, a clause and sentences", () => {
  for (const { code, clause, doc } of codeTable.values()) {
    expect(code).toMatch(/^[a-z0-9-]+$/);
    expect(clause, code).not.toBe("");
    expect(doc, code).toMatch(/^[A-Z].*\.$/s);
  }
});

test("a detector names only its own codes", () => {
  for (const file of readdirSync(join(source, folder)).filter((name) => name !== "registry.ts")) {
    const named = codesIn(read(`${folder}/${file}`));
    const owner = detectors.find(({ codes }) => codes.some(({ code }) => code === named[0]));
    const own = owner?.codes.map(({ code }) => code) ?? [];
    expect(
      named.filter((code) => !own.includes(code)),
      file,
    ).toEqual([]);
  }
});

test("no file outside of the detectors names a code", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !file.startsWith(folder) && !file.startsWith("ocpp/messages/"));
  const named = files.flatMap((file) =>
    codesIn(read(file))
      .filter((code) => !homonyms.includes(code))
      .map((code) => `${file} ${code}`),
  );
  expect(named).toEqual(exceptions);
});
