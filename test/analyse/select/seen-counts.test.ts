// `seen` when frames are left out.
import { expect, test } from "vitest";
import { SeenCounts } from "../../../src/analyse/select/seen-counts.js";
import { fromCharger, fromCsms } from "../../support/cassettes/entries.js";

test("seen counts the kept frames of the other direction of the same connection", () => {
  const entries = [
    fromCharger("0"),
    fromCsms("1"),
    fromCharger("2"),
    fromCharger("3"),
    fromCharger("4", { connection: 2 }),
  ];
  const counts = new SeenCounts(entries, (position) => position !== 2);
  expect([0, 1, 2, 3, 9].map((seen) => counts.left(1, "csms-to-cp", seen))).toEqual([0, 1, 1, 2, 2]);
  expect(counts.left(1, "cp-to-csms", 1)).toBe(1);
  expect(counts.left(2, "csms-to-cp", 1)).toBe(1);
  expect(counts.left(3, "csms-to-cp", 1)).toBe(0);
});
