// The page of a sweep.
import { expect, test } from "vitest";
import { sweepPage } from "../../src/sweep/page.js";

test("the page shows every fault with its outcome and loads nothing", () => {
  const page = sweepPage(
    {
      title: "incident.cassette",
      facts: [["seed", "7"]],
      rows: [{ name: "drop", outcome: "lost data", why: "StopTransaction" }],
      leftOut: [{ name: "respond", why: "no CSMS could recover" }],
      notTried: ["kick"],
    },
    () => "digest",
  );
  expect(page).toContain('<span class="badge defect">lost data</span>');
  expect(page).toContain("no CSMS could recover");
  expect(page).toContain("kick");
  expect(page).toContain("style-src 'sha256-digest'");
  expect(page).not.toMatch(/<script|src=|href=/);
});

test("the page shows what peers say as text", () => {
  const name = "<img src=x onerror=alert(1)>";
  const page = sweepPage(
    {
      title: name,
      facts: [],
      rows: [{ name, outcome: "recovered", why: name }],
      leftOut: [],
      notTried: [name],
    },
    () => "digest",
  );
  expect(page).not.toContain("<img");
});
