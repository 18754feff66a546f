// The table of causes as data, and which answers accept a call.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isKnownAction } from "../../../src/ocpp/catalogue.js";
import { familyOf, ocppVersions } from "../../../src/ocpp/version.js";
import { isAcceptance } from "../../../src/replay/plan/causes.js";
import { causeRows } from "../../../src/replay/plan/causes-table.js";

describe("the rows of the table", () => {
  test("every row names actions of its version and a clause", () => {
    for (const { family, call, effect, clause } of causeRows) {
      const versions = ocppVersions.filter((version) => familyOf(version) === family);
      for (const action of [call, effect])
        expect({ action, known: versions.some((version) => isKnownAction(version, action)) }).toEqual({
          action,
          known: true,
        });
      expect(clause).toMatch(/^(1\.6|2\.x|2\.1) /);
    }
  });

  test("the table has each pair of call and step once", () => {
    const names = causeRows.map(({ family, call, effect, what }) => `${family} ${call} ${effect} ${what}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("the reference has exactly the rows of the table", () => {
    const page = readFileSync(new URL("../../../docs/reference/replay.md", import.meta.url), "utf8");
    const told = page.split("\n").filter((line) => /^\| (?:1\.6|2\.x|2\.1) /.test(line));
    const rows = causeRows.map(
      ({ clause, call, effect, what, takes }) =>
        `| ${clause} | ${call} | ${effect} | ${what}${takes === "series" ? ", each" : ""} |`,
    );
    expect(told).toEqual(rows);
  });

  test("every row takes any payload", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (call, payload) => {
        for (const row of causeRows) expect(typeof row.matches(call, { payload })).toBe("boolean");
      }),
      { numRuns: 50 },
    );
  });
});

test("an answer accepts by its status, without a status, or by the name of a file", () => {
  for (const status of ["Accepted", "Scheduled", "Unlocked", "AcceptedCanceled"])
    expect(isAcceptance("Reset", { status })).toBe(true);
  for (const status of ["Rejected", "Occupied", "UnlockFailed", "NotImplemented"])
    expect(isAcceptance("Reset", { status })).toBe(false);
  expect(isAcceptance("UpdateFirmware", {})).toBe(true);
  expect(isAcceptance("GetDiagnostics", {})).toBe(false);
  expect(isAcceptance("GetDiagnostics", { fileName: "a" })).toBe(true);
});
