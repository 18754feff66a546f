import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeTable, detectors } from "../../../../src/analyse/lint/detectors/registry.js";

describe("the table of detectors", () => {
  test("holds one detector for each file of the folder", () => {
    const folder = join(import.meta.dirname, "../../../../src/analyse/lint/detectors");
    expect(detectors).toHaveLength(readdirSync(folder).length - 2);
  });

  test("gives every code to one detector, with a clause and a sentence", () => {
    const codes = detectors.flatMap(({ codes }) => codes);
    expect(codeTable.size).toBe(codes.length);
    for (const { code, clause, doc } of codes) {
      expect(code).toMatch(/^[a-z0-9-]+$/);
      expect(clause, code).not.toBe("");
      expect(doc, code).toMatch(/\.$/);
    }
  });
});
