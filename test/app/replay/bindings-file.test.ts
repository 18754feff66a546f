// Files of bindings: what they hold, and every error with its place.
import { expect, test } from "vitest";
import { readBindings } from "../../../src/app/replay/bindings-file.js";

const right = `- name: voucher
  learn: { action: ReserveNow, pointer: /reservationId }
  use:
    - { action: StartTransaction, pointer: /reservationId }
    - { action: StopTransaction, type: CALLRESULT, pointer: /data/*/id }
`;

test("a binding names where its value is learned and where it is used", () => {
  expect(readBindings(right)).toEqual({
    issues: [],
    bindings: [
      {
        name: "voucher",
        learn: [{ action: "ReserveNow", type: "CALL", pointer: "/reservationId" }],
        use: [
          { action: "StartTransaction", type: "CALL", pointer: "/reservationId" },
          { action: "StopTransaction", type: "CALLRESULT", pointer: "/data/*/id" },
        ],
      },
    ],
  });
});

test.each([
  ["", "empty-file"],
  ["name: x", "not-a-list"],
  ["- { learn: { action: A, pointer: /a }, use: { action: A, pointer: /a } }", "missing-key"],
  [
    "- { name: reservation, learn: { action: A, pointer: /a }, use: { action: A, pointer: /a } }",
    "built-in-name",
  ],
  [
    "- { name: x, learn: { action: BootNotificatio, pointer: /a }, use: { action: A, pointer: /a } }",
    "unknown-name",
  ],
  ["- { name: x, learn: { action: A, pointer: a }, use: { action: A, pointer: /a } }", "pointer"],
  ["- { name: x, learn: [], use: { action: A, pointer: /a } }", "empty-list"],
])("the file %j is refused with %s", (text, code) => {
  const { bindings, issues } = readBindings(text);
  expect(bindings).toEqual([]);
  expect(issues.map((issue) => issue.code)).toContain(code);
});

test("two bindings of one name are refused", () => {
  expect(readBindings(right + right).issues).toMatchObject([{ code: "duplicate-name", where: "6:3" }]);
});
