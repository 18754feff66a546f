// Every step out of the schema is one: what the fault calls a breach, the validator calls one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionsOf } from "../../../../src/ocpp/catalogue.js";
import { splice } from "../../../../src/ocpp/json/spans.js";
import { readJson } from "../../../../src/ocpp/json/tree.js";
import { payloadCheck } from "../../../../src/ocpp/schema/compile-schema.js";
import { schemaOf } from "../../../../src/ocpp/schema/schemas.js";
import { ocppVersions } from "../../../../src/ocpp/version.js";
import { sitesOf } from "../../../../src/rules/faults/edit/payload-sites.js";
import { violationKinds, violationsOf } from "../../../../src/rules/faults/edit/violations.js";
import { fromSchema } from "../../../support/schema/from-schema.js";
import { ruledMessage } from "../../sample.js";

const violationsIn = (text: string, version: "1.6" | "2.0.1" | "2.1", action: string) => {
  const { root } = readJson(text);
  if (root === undefined) throw new Error("no JSON");
  const sites = sitesOf(root, ruledMessage("[2]", { type: "CALL", action, version })) ?? [];
  return violationsOf(sites, text);
};

describe.each(ocppVersions)("of %s", (version) => {
  test("every action has violations, and each of them breaks the schema", { timeout: 60_000 }, () => {
    for (const action of actionsOf(version)) {
      const schema = schemaOf(version, action, "request");
      const check = payloadCheck(version, action, "request", "schema", "first");
      if (schema === undefined || check === undefined) continue;
      const [payload] = fc.sample(fromSchema(schema, true, true), { numRuns: 1, seed: 7 });
      const text = JSON.stringify(payload);
      const all = violationsIn(text, version, action);
      expect([action, all.length > 0]).toEqual([action, true]);
      // One of each kind: all of them would take minutes.
      for (const kind of violationKinds) {
        const one = all.findLast((violation) => violation.kind === kind);
        if (one === undefined) continue;
        const broken: unknown = JSON.parse(splice(text, one.edits));
        expect([action, kind, one.pointer, check(broken).length > 0]).toEqual([
          action,
          kind,
          one.pointer,
          true,
        ]);
      }
    }
  });
});

test("every kind of violation occurs in at least one version", () => {
  const seen = new Set<string>();
  for (const version of ocppVersions)
    for (const action of actionsOf(version)) {
      const schema = schemaOf(version, action, "request");
      if (schema === undefined) continue;
      const [payload] = fc.sample(fromSchema(schema, true, true), { numRuns: 1, seed: 7 });
      for (const { kind } of violationsIn(JSON.stringify(payload), version, action)) seen.add(kind);
    }
  expect(violationKinds.filter((kind) => !seen.has(kind))).toEqual([]);
});
