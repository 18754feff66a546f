import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { faults } from "../../../src/rules/faults/registry.js";
import { readRules } from "../../../src/rules/language/read-rules.js";
import { ruleFileSchema } from "../../../src/rules/language/schema.js";

const fits = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(ruleFileSchema());

const isFitting = (text: string): boolean => fits(parse(text));

const oneRule = (rest: string): string => `version: 1\nrules:\n  - { id: a, ${rest} }\n`;

describe("the schema of rule files", () => {
  test.each(faults)(
    "the schema of rule files accepts the example of $name, as the reader does",
    ({ example }) => {
      const text = `version: 1\nrules:\n  - id: a\n    then:\n      - ${example}\n`;
      expect(readRules(text).issues).toEqual([]);
      expect(isFitting(text), JSON.stringify(fits.errors)).toBe(true);
    },
  );

  const ruleFiles = readdirSync("examples").filter(
    (name) => name.endsWith(".yaml") && name !== "ignore.yaml",
  );

  test.each(ruleFiles)("the schema of rule files accepts examples/%s", (name) => {
    const text = readFileSync(`examples/${name}`, "utf8");
    expect(isFitting(text), JSON.stringify(fits.errors)).toBe(true);
  });

  test.each([
    "when: { identity: [CP1, { like: 'CP-*' }, { matches: '^x' }], direction: csms-to-cp }, then: [ drop: {} ]",
    "when: { version: [1.6, 2.0.1], connection: { gt: 1 }, window: { to: 30s } }, then: [ drop: {} ]",
    "when: { path: { /a: 1, /b: { in: [1, x], absent: false } } }, then: [ drop: ]",
    "when: { any: [ { action: X }, { not: { state: { inTransaction: true } } } ] }, then: [ drop: ]",
    "when: { clock: { from: '22:00', to: '06:00' } }, trigger: { idle: 4m }, then: [ close: ]",
    "trigger: { schedule: { at: [10s, 1m] }, toxicity: 0.5 }, then: [ close: ]",
    "then: [ delay: 200ms ]",
  ])("and the reader take %s", (rest) => {
    expect(readRules(oneRule(rest)).issues).toEqual([]);
    expect(isFitting(oneRule(rest)), JSON.stringify(fits.errors)).toBe(true);
  });

  test.each([
    "wen: {}, then: [ drop: {} ]",
    "when: { actoin: X }, then: [ drop: {} ]",
    "when: { identity: { lik: X } }, then: [ drop: {} ]",
    "when: { path: { connectorId: 1 } }, then: [ drop: {} ]",
    "trigger: { nth: 0 }, then: [ drop: {} ]",
    "trigger: { probability: 2 }, then: [ drop: {} ]",
    "then: []",
    "then: [ dorp: {} ]",
    "then: [ delay: soon ]",
    "then: [ malformed: {} ]",
  ])("and the reader refuse %s", (rest) => {
    expect(readRules(oneRule(rest)).issues).not.toEqual([]);
    expect(isFitting(oneRule(rest))).toBe(false);
  });
});
