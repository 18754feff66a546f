import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drop } from "../../../src/rules/faults/message/drop.js";
import { faults as allFaults } from "../../../src/rules/faults/registry.js";
import { readRules } from "../../../src/rules/language/read-rules.js";

const examples = new URL("../../../examples/", import.meta.url);
const exampleText = (name: string): string => readFileSync(new URL(name, examples), "utf8");
const say = (text: string): readonly string[] =>
  readRules(text).issues.map(({ where, message }) => `${where} ${message}`);

describe("a rule file", () => {
  test("a rule file is read to its seed, its rules in order and its text", () => {
    const source =
      "version: 1\nseed: 5\nrules:\n  - { id: b, then: [ { drop: {} } ] }\n  - { id: a, then: [ drop: ] }\n";
    const { ruleSet, issues } = readRules(source);
    expect(issues).toEqual([]);
    expect(ruleSet).toMatchObject({ seed: 5, source, rules: [{ id: "b" }, { id: "a" }] });
    expect(ruleSet?.rules.map((rule) => rule.faults)).toEqual([
      [{ fault: drop, settings: {} }],
      [{ fault: drop, settings: {} }],
    ]);
  });

  test("a rule file may have no seed and no rules", () => {
    expect(readRules("version: 1\nrules: []\n").ruleSet).toEqual({
      seed: undefined,
      rules: [],
      source: "version: 1\nrules: []\n",
    });
  });

  test("all errors of a rule file are reported at once, in the order of their positions, with valid and similar names", () => {
    const text = [
      "version: 2",
      "sed: 1",
      "rules:",
      "  - id: a b",
      "    wen: {}",
      "    when: { direction: cp-to-cmss, type: CALRESULT }",
      "    trigger: { nth: 0, per: conection }",
      "    then: [ { dela: {} }, { malformed: { kind: invalid-jsn } }, drop ]",
      "  - id: x",
      "  - id: x",
      "    then: [ { drop: {} }, { delay: 200ms } ]",
      "  - 5",
      "  - then: { drop: {} }",
      "    __proto__: 1",
    ].join("\n");
    const names = "ocpp-vcr rules list shows all of them";
    expect(readRules(text).ruleSet).toBeUndefined();
    expect(say(text)).toEqual([
      "1:10 version cannot be 2; valid: 1",
      '2:1 unknown key "sed" in the file; valid: version, seed, rules; did you mean "seed"?',
      '4:9 the id "a b" must be 1 to 64 letters, digits, dots, underscores or hyphens',
      '5:5 unknown key "wen" in the rule; valid: id, when, trigger, then; did you mean "when"?',
      '6:24 direction cannot be "cp-to-cmss"; valid: cp-to-csms, csms-to-cp; did you mean "cp-to-csms"?',
      '6:42 type cannot be "CALRESULT"; valid: CALL, CALLRESULT, CALLERROR, CALLRESULTERROR, SEND, unreadable; did you mean "CALLRESULT"?',
      "7:21 nth must be a whole number from 1 to 9007199254740991, found 0",
      '7:29 per cannot be "conection"; valid: connection, identity, exchange, all; did you mean "connection"?',
      `8:15 unknown fault "dela"; ${names}; did you mean "delay"?`,
      '8:48 kind cannot be "invalid-jsn"; valid: invalid-json, truncated, invalid-utf8; did you mean "invalid-json"?',
      `8:65 a fault is a map with one key, like drop: {}; found "drop"; ${names}`,
      `9:5 the rule needs then, a list of faults; ${names}`,
      '10:9 the id "x" is already used by the rule at 9:9',
      "11:27 no fault can follow drop, because it is final",
      "12:5 the rule must be a map, found 5; valid: id, when, trigger, then",
      "13:5 the rule must have an id",
      `13:11 then must be a list of faults, found a map; ${names}`,
      '14:5 unknown key "__proto__" in the rule; valid: id, when, trigger, then',
    ]);
  });

  test.each([
    ["rules: []", "1:1 the file needs version: 1"],
    ["version: 1", "1:1 the file needs rules, a list"],
    ["version: 1\nrules: {}", "2:8 rules must be a list, found a map"],
    ["version: 1\nseed: -1\nrules: []", "2:7 seed must be a whole number from 0"],
    ["version: 1\nrules:\n  - id: a\n    when:\n    then: [ drop: ]", "when must be a map, found nothing"],
    ["version: 1\nrules:\n  - id: a\n    then: [ { drop: , close: } ]", "found 2 keys"],
    ["version: 1\nrules:\n  - id: a\n    then: [ ]", "found an empty list"],
    ["just words", "1:1 the file must be a map"],
  ])("%j is refused", (text, message) => {
    expect(say(text).join("\n")).toContain(message);
  });

  test("any text is read or refused without an exception", () => {
    const line = fc.constantFrom(
      "version: 1",
      "rules:",
      "  - id: a",
      "    then: [ drop: ]",
      "    when: {",
      "}",
      "  - *a",
      "&a",
      "? ",
      "!x",
      "|",
      "---",
      "\t-",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(text, (source) => {
        const { ruleSet, issues } = readRules(source);
        expect(ruleSet === undefined).toBe(issues.length > 0);
        for (const issue of issues) expect(issue.where).toMatch(/^[1-9][0-9]*:[1-9][0-9]*$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the rule files in examples/", () => {
  const names = readdirSync(examples).filter(
    (name) => name.endsWith(".yaml") && /^version:[\s\S]*^rules:/m.test(exampleText(name)),
  );

  test.each(names)("the example %s is a valid rule file", (name) => {
    expect(readRules(exampleText(name)).issues).toEqual([]);
  });

  test("first-faults.yaml shows the faults to start with", () => {
    const used = readRules(exampleText("first-faults.yaml")).ruleSet?.rules.flatMap((rule) =>
      rule.faults.map(({ fault }) => fault.name),
    );
    expect([...new Set(used)].sort()).toEqual(["close", "delay", "drop", "duplicate", "malformed"]);
  });
});

describe("the reference of the rule file", () => {
  const reference = readFileSync(new URL("../../../docs/reference/rules.md", import.meta.url), "utf8");
  const files = [...reference.matchAll(/```yaml\n(version: [\s\S]*?)```/g)].map(([, text = ""]) => text);

  test("the rule files in the reference are valid", () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((text) => readRules(text).issues)).toEqual([]);
  });

  test("the reference has a section for every fault", () => {
    const faults = readFileSync(new URL("../../../docs/reference/faults.md", import.meta.url), "utf8");
    for (const { name } of allFaults) expect(faults).toContain(`\n### \`${name}\``);
  });
});
