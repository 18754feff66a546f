// The comparison page as text; in a browser in comparison-script.test.ts.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { comparisonSections } from "../../../src/analyse/report/comparison.js";
import { comparisonPage } from "../../../src/analyse/report/comparison-page.js";
import { reportLimits } from "../../../src/analyse/report/text-budget.js";
import { replaySection } from "../../../src/replay/reports/replay-section.js";
import { ReplayRecord } from "../../../src/replay/verdict/replay-record.js";
import { hostileTexts } from "../../support/cassettes/hostile-texts.js";
import { comparedAnswer, hostileRecord, outcomeOf } from "../../support/worlds/comparisons.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

const pageOf = (record: ReplayRecord): string =>
  comparisonPage("k", "t", comparisonSections([replaySection(record)], reportLimits), sha256);

const plainRecord = new ReplayRecord("a.cassette", "CP-1", "ws://x/");
plainRecord.take(
  comparedAnswer({
    result: "different",
    differences: Array.from({ length: 40 }, (_, i) => ({
      pointer: `/b/${i}`,
      recorded: "1",
      live: undefined,
      why: "different",
    })),
  }),
);
plainRecord.outcome = outcomeOf("fail", { different: 1 });
const plain = pageOf(plainRecord);

/** The tags of a page, without its own style, script and data. */
const tagsOf = (page: string): readonly string[] =>
  page
    .replace(/<style>[^<]*<\/style>/, "")
    .replace(/<script type="application\/json" id="data">[^<]*<\/script>\n<script>.*?<\/script>/s, "")
    .match(/<[^>]*>/g) ?? [];

describe("the page", () => {
  test("a comparison page allows only its own script and style, by their hashes", () => {
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(plain) ?? [];
    const script = /<script>(.*?)<\/script>/s.exec(plain)?.[1] ?? "";
    const style = /<style>(.*?)<\/style>/s.exec(plain)?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(tagsOf(plain).filter((tag) => / (?:style|on[a-z]+|src|href)=/.test(tag))).toEqual([]);
  });

  test("a comparison page shows the verdict, the totals and each difference with both values", () => {
    expect(plain).toContain('<span class="verdict bad">fail</span>a.cassette');
    expect(plain).toContain("<b>1</b><span>different</span>");
    expect(plain).toContain('<code>/b/0</code></td><td class="then">1</td><td class="now">nothing</td>');
    expect(plain).toContain("and 10 more");
  });

  test("a comparison page without messages says so", () => {
    expect(pageOf(new ReplayRecord("a", "b", "c"))).toContain("No messages.");
  });

  test.each(hostileTexts.map((text) => [text]))(
    "a comparison page shows the hostile text %j as text only",
    (text) => {
      const names = (page: string): ReadonlySet<string> =>
        new Set(tagsOf(page).map((tag) => tag.replace(/[\s>].*$/s, "")));
      const harmless = names(pageOf(hostileRecord("x".repeat(text.length))));
      const mine = pageOf(hostileRecord(text));
      expect([...names(mine)].filter((name) => !harmless.has(name))).toEqual([]);
      expect(tagsOf(mine).filter((tag) => /\son|style=|src=|javascript|hacked|evil/i.test(tag))).toEqual([]);
    },
  );
});
