import { expect, test } from "vitest";
import { everyMessage, readWhen } from "../../../src/rules/language/read-when.js";
import { collector, plainValue } from "../sample.js";

test("every condition is read, as a single value and as a list", () => {
  const { report, said } = collector();
  const when = readWhen(
    plainValue({
      identity: ["DE*ABC*E1", { like: "CP-*" }],
      direction: "cp>csms",
      type: ["CALL", "unreadable"],
      action: "Meter*",
      path: {
        "/a~1b/0": { gt: 1, lte: 2.5, exists: true },
        "/c": "x",
        "/d": { equals: null, matches: "^a" },
      },
    }),
    report,
  );
  expect(said).toEqual([]);
  expect(when).toEqual({
    identities: [
      { kind: "exact", identity: "DE*ABC*E1" },
      { kind: "like", glob: "CP-*" },
    ],
    direction: "cp-to-csms",
    types: ["CALL", "unreadable"],
    actions: ["Meter*"],
    paths: [
      {
        pointer: "/a~1b/0",
        steps: ["a/b", "0"],
        tests: [
          { kind: "exists", value: true },
          { kind: "gt", value: 1 },
          { kind: "lte", value: 2.5 },
        ],
      },
      { pointer: "/c", steps: ["c"], tests: [{ kind: "equals", value: "x" }] },
      {
        pointer: "/d",
        steps: ["d"],
        tests: [
          { kind: "equals", value: null },
          { kind: "matches", pattern: expect.objectContaining({ source: "^a" }) },
        ],
      },
    ],
  });
});

test("a `when` without conditions matches every message", () => {
  expect(readWhen(plainValue({}), collector().report)).toEqual(everyMessage);
});

test.each([
  [{ identity: { lik: "x" } }, 'unknown key "lik" in identity; valid: like, matches; did you mean "like"?'],
  [{ identity: { like: "a", matches: "b" } }, "either like or matches"],
  [{ version: "1.7" }, "valid: 1.6, 2.0.1, 2.1"],
  [{ connection: 0 }, "connection must be a whole number from 1"],
  [{ connection: [] }, "the list of connection is empty"],
  [{ state: {} }, "state needs inTransaction, booted or status"],
  [{ state: { connector: 1 } }, "state needs inTransaction, booted or status"],
  [{ window: {} }, "window needs from, to or both"],
  [{ window: { from: "10s", to: "5s" } }, "ends before it begins"],
  [{ clock: { from: "22:00" } }, "clock needs to"],
  [{ clock: { from: "22:00", to: "2026-03-01T00:00:00Z" } }, "clock needs two times of day"],
  [{ any: [] }, "the list of any is empty"],
  [{ not: { actoin: "X" } }, 'did you mean "action"?'],
  [{ path: { "/a": { in: [] } } }, "the list of in is empty"],
  [{ path: { "/a": { before: "tomorrow" } } }, "before must be a date with a time"],
  [{ identity: [] }, "the list of identity is empty"],
  [{ direction: "cp-to-cmss" }, 'did you mean "cp-to-csms"?'],
  [{ direction: 1 }, "valid: cp-to-csms, csms-to-cp"],
  [{ type: "CALRESULT" }, 'did you mean "CALLRESULT"?'],
  [{ action: [true] }, "action must be a string, found true"],
  [{ path: "x" }, "path must be a map from JSON pointers"],
  [{ path: { connectorId: 1 } }, '"connectorId" is not a JSON pointer'],
  [{ path: { "/a": {} } }, "is empty"],
  [{ path: { "/a": [1] } }, 'the condition of "/a" must be a map'],
  [{ path: { "/a": { mtches: "x" } } }, 'did you mean "matches"?'],
  [
    { path: { "/a": { matches: "(a" } } },
    'the pattern "(a" cannot be read at character 3: a group is not closed',
  ],
  [{ path: { "/a": { equals: [] } } }, "equals must be a text, number, true, false or null"],
  [{ path: { "/a": { gt: "1" } } }, "gt must be a number"],
  [{ path: { "/a": { exists: "yes" } } }, "exists must be true or false"],
])("%j is reported", (when, message) => {
  const { report, said } = collector();
  readWhen(plainValue(when), report);
  expect(said.join("\n")).toContain(message);
});
