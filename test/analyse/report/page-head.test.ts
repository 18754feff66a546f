// The beginning of every page.
import { expect, test } from "vitest";
import { pageHead } from "../../../src/analyse/report/page-head.js";

const head = (title: string): string =>
  pageHead({ title, style: "a{}", script: "b()" }, (content) => `<${content}>`);

test("a page's policy comes first and allows only its own style and script", () => {
  const policy =
    "default-src 'none'; script-src 'sha256-<b()>'; style-src 'sha256-<a{}>'; base-uri 'none'; form-action 'none'";
  expect(head("t")).toContain(`http-equiv="Content-Security-Policy" content="${policy}"`);
  expect(head("t").indexOf(policy)).toBeLessThan(head("t").indexOf("<style>a{}</style>"));
});

test("a page's title is cut and escaped", () => {
  expect(head("</title><script>")).toContain("<title>&lt;/title&gt;&lt;script&gt;</title>");
  expect(head("x".repeat(5000)).length).toBeLessThan(1000);
});

test("the policy of a page without a script allows no script", () => {
  const still = pageHead({ title: "t", style: "a{}" }, (content) => `<${content}>`);
  expect(still).toContain(`content="default-src 'none'; style-src 'sha256-<a{}>'; base-uri 'none'`);
  expect(still).not.toContain("script-src");
});
