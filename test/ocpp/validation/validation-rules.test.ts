// The table of rules.
import { describe, expect, test } from "vitest";
import {
  clauseOf,
  profiles,
  quirks,
  type RuleCode,
  severityOf,
  validationRules,
} from "../../../src/ocpp/validation/validation-rules.js";

const all = Object.entries(validationRules);

test("every rule says what is wrong and where that is written", () => {
  for (const [code, rule] of all) {
    expect(code).toMatch(/^[a-z0-9-]+$/);
    expect(rule.what).not.toMatch(/^[A-Z]|\.$/);
    expect(rule.clause["1.6"] !== "" && rule.clause["2.x"] !== "").toBe(true);
  }
});

test("no profile is milder than the ones before it, but for what the texts do not forbid", () => {
  const weight = { "-": 0, smell: 1, defect: 2 } as const;
  for (const [code, rule] of all.filter(([code]) => code !== "empty-text")) {
    expect(weight[rule.field] <= weight[rule.spec], code).toBe(true);
    expect(weight[rule.spec] <= weight[rule.strict], code).toBe(true);
  }
});

describe("severityOf", () => {
  const verdicts = (code: RuleCode, ...steps: string[]) =>
    profiles.map((profile) => severityOf(code, profile, "1.6", steps));

  test("makes a known quirk a smell in the profile field, at its place alone", () => {
    const unit = ["3", "meterValue", "0", "sampledValue", "0", "unit"];
    expect(verdicts("unknown-value", ...unit)).toEqual(["smell", "defect", "defect"]);
    expect(verdicts("unknown-value", "3", "status")).toEqual(["defect", "defect", "defect"]);
    expect(severityOf("unknown-value", "field", "2.0.1", ["3", "errorCode"])).toBe("defect");
  });

  test("never makes a quirk of what is no defect", () => {
    for (const quirk of quirks) expect(validationRules[quirk.code].field).toBe("defect");
  });
});

test("clauses are those of the version", () => {
  expect(clauseOf("message-id", "1.6")).toContain("1.6");
  expect(clauseOf("message-id", "2.1")).toContain("2.x");
});
